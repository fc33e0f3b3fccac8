import { uniqueKeySchema } from "./model";

/** Decodes the integration key in a percent-encoded path segment; null when it is not a valid key. */
export function parseIntegrationKeyFromPath(segment: string): string | null {
  try {
    const parsed = uniqueKeySchema.safeParse(decodeURIComponent(segment));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
