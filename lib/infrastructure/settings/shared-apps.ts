import { z } from "zod";

/** OAuth scopes as settings and requests list them: commas between, no spaces. May be empty. */
export const scopeListSchema = z
  .string()
  .max(10_000)
  .regex(/^(?:[^,\s]+(?:,[^,\s]+)*)?$/, "List scopes with commas and without spaces");

/** The operator's own OAuth applications, by provider. Integrations can be created that use them. */
const sharedAppsSchema = z.record(
  z.string().max(255),
  z.strictObject({
    client_id: z.string().min(1).max(255),
    client_secret: z.string().min(1).max(10_000),
    scopes: scopeListSchema.optional(),
  }),
);

export type SharedApps = Readonly<z.infer<typeof sharedAppsSchema>>;

/** Parses the setting `LATCHKEY_SHARED_APPS`: the apps as JSON on one line. */
export const sharedAppsSetting = z.string().transform((text, context): SharedApps => {
  const parsed = sharedAppsSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({
    code: "custom",
    message: "must be JSON, the apps by provider as the README shows them",
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
