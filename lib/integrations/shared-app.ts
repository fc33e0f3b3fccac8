import { z } from "zod";
import { scopesSchema } from "./model";

/** OAuth applications of the operator's own, by provider: integrations can be made that use them. */
export const sharedAppsSchema = z.record(
  z.string(),
  z.strictObject({
    client_id: z.string().min(1).max(255),
    client_secret: z.string().min(1).max(10_000),
    scopes: scopesSchema.optional(),
  }),
);

export type SharedApps = Readonly<z.infer<typeof sharedAppsSchema>>;

/** The same as a setting: JSON in one line. */
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
