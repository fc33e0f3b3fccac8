import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Database } from "@/lib/infrastructure/db/client";
import { withTimeout } from "@/lib/infrastructure/timeout";
import { createUsageRecorder, type UsageRecorder } from "./usage-recorder";
import { writeUsage } from "./usage-store";

/**
 * Milliseconds before a write counts as failed: on a cut line no answer may ever come. The server itself gives up waiting
 * for a lock before that.
 */
const writeTimeoutMs = 4000;

/** A recorder that writes to the database, as a writer of its own. */
export function openUsageRecorder(db: Database, log: Logger): UsageRecorder {
  const writer = randomUUID();
  return createUsageRecorder({
    write: (batch, message) =>
      withTimeout(writeUsage(db, writer, batch, message), writeTimeoutMs, "Writing the uses of keys"),
    onFailure: (error) => log.warn({ err: error }, "uses of keys not written, will be retried"),
  });
}
