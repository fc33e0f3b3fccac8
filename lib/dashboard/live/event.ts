import { z } from "zod";
import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import { type ApiKeySummary, lastUseSchema } from "@/lib/access/api-keys/model";
import { isGrant } from "@/lib/access/scopes/catalog";

const timestamp = z.iso.datetime();
const id = z.int();

/** A scope that this page is too old to know grants nothing here, as in the store. */
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
 * What an open page is told, one JSON object an event. Each says how things are, not what to do, so that hearing one
 * twice does no harm. There is no place in any of them for a secret.
 */
export const liveEventSchema = z.discriminatedUnion("kind", [
  /** The whole list: at the start, and whenever something may have been missed. */
  z.object({ kind: z.literal("list"), list: listSchema }),
  /** A key that is new or changed. */
  z.object({ kind: z.literal("key"), key: summarySchema }),
  z.object({ kind: z.literal("deleted"), id }),
  z.object({ kind: z.literal("used"), id, lastUsedAt: timestamp, lastUse: lastUseSchema.nullable() }),
  /** The server's time, every few seconds: the stream is alive, and proxies see it is. */
  z.object({ kind: z.literal("time"), serverTime: timestamp }),
]);

export type LiveEvent = z.output<typeof liveEventSchema>;

/** The text of an event as `text/event-stream` has it (HTML, "Server-sent events"). JSON is always one line. */
export function formatEvent(event: LiveEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}

/** Reads an event's data; null for one that this page is too old to know. */
export function parseEvent(data: string): LiveEvent | null {
  try {
    return liveEventSchema.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}
