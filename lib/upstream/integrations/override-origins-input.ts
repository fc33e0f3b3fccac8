import { z } from "zod";

const maxOrigins = 20;

const origin = z
  .string()
  .trim()
  .max(300)
  .transform((text, context) => {
    const parsed = parseOrigin(text);
    if (parsed !== null) return parsed;
    context.addIssue(`Enter ${JSON.stringify(text)} as an origin, such as https://files.example.com`);
    return z.NEVER;
  });

/** Schema of the origins that an integration allows as `Base-Url-Override`. Removes duplicates. */
export const overrideOriginsSchema = z
  .array(origin)
  .max(maxOrigins, `Enter at most ${maxOrigins} origins`)
  .transform((origins) => [...new Set(origins)]);

/** Returns the origin of an http or https URL that has nothing else; null for any other text. */
function parseOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isHttp = url.protocol === "http:" || url.protocol === "https:";
  return isHttp && url.href === `${url.origin}/` ? url.origin : null;
}
