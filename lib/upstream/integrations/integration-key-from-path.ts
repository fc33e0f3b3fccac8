import { uniqueKeySchema } from "./model";

/** The integration's key that a path's segment holds, still encoded; null when it can be none. */
export function parseIntegrationKeyFromPath(segment: string): string | null {
  try {
    const parsed = uniqueKeySchema.safeParse(decodeURIComponent(segment));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
