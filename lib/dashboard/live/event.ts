import { z } from "zod";
import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import { type ApiKeySummary, lastUseSchema } from "@/lib/access/api-keys/model";
import { isGrant } from "@/lib/access/scopes/catalog";

const timestamp = z.iso.datetime();
const id = z.int();

/**
 * Drops scopes that this page does not know: the server may have a newer version. The store does the same.
 */
const grants = z.array(z.string()).transform((names) => names.filter(isGrant));

const summarySchema: z.ZodType<ApiKeySummary> = z.object({
  id,
  displayName: z.string(),
  prefix: z.string(),
  lastFour: z.string(),
  grants,
  createdBy: z.string(),
  createdAt: timestamp,
  expiresAt: timestamp.nullable(),
  lastUsedAt: timestamp.nullable(),
  lastUse: lastUseSchema.nullable(),
});

const listSchema: z.ZodType<ApiKeyList> = z.object({
  keys: z.array(summarySchema),
  limit: z.int(),
  serverTime: timestamp,
  viewOnly: z.string().nullable(),
});

/**
 * An event of the live stream: one JSON object. Each event contains the current state and not the difference,
 * so that receiving it twice does no harm. No event has a field for a secret.
 */
export const liveEventSchema = z.discriminatedUnion("kind", [
  /** The whole list: at the start, and whenever notifications may have been missed. */
  z.object({ kind: z.literal("list"), list: listSchema }),
  /** A new or changed key. */
  z.object({ kind: z.literal("key"), key: summarySchema }),
  z.object({ kind: z.literal("deleted"), id }),
  z.object({ kind: z.literal("used"), id, lastUsedAt: timestamp, lastUse: lastUseSchema.nullable() }),
  /**
   * The server's time, sent every few seconds, so that neither the page nor a proxy takes the stream for
   * broken.
   */
  z.object({ kind: z.literal("time"), serverTime: timestamp }),
]);

export type LiveEvent = z.output<typeof liveEventSchema>;

/**
 * Formats an event as `text/event-stream` (HTML Standard, "Server-sent events"). The JSON never contains a
 * line break.
 */
export function formatEvent(event: LiveEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}

/**
 * Parses the data of an event. Null when this page does not know the event: the server may have a newer
 * version.
 */
export function parseEvent(data: string): LiveEvent | null {
  try {
    return liveEventSchema.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}
