import { z } from "zod";

/** A comma-separated list of OAuth scopes without spaces, as in settings and requests. May be empty. */
export const scopeListSchema = z
  .string()
  .max(10_000)
  .regex(/^(?:[^,\s]+(?:,[^,\s]+)*)?$/, "Separate scopes with commas, without spaces");

/** The operator's OAuth applications, by provider, which integrations can use. */
const sharedAppsSchema = z.record(
  z.string().max(255),
  z.strictObject({
    client_id: z.string().min(1).max(255),
    client_secret: z.string().min(1).max(10_000),
    scopes: scopeListSchema.optional(),
  }),
);

export type SharedApps = Readonly<z.infer<typeof sharedAppsSchema>>;

/** Parses the setting `LATCHKEY_SHARED_APPS`: a JSON object of apps by provider. */
export const sharedAppsSetting = z.string().transform((text, context): SharedApps => {
  const parsed = sharedAppsSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: "custom",
    message: "must be a JSON object of apps by provider, as in the README",
  });
  return z.NEVER;
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
