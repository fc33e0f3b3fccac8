import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { type Database, isRejectedAsReadOnly } from "@/lib/infrastructure/db/client";
import { withTimeout } from "@/lib/infrastructure/timeout";
import { createUsageRecorder, type UsageRecorder } from "./usage-recorder";
import { writeUsage } from "./usage-store";

/**
 * Milliseconds after which a write counts as failed, because on a broken connection a response may never
 * arrive. Longer than the write waits for a lock.
 */
const writeTimeoutMs = 4000;

/** Opens a recorder that writes to the database with its own writer UUID. Failed writes are logged. */
export function openUsageRecorder(db: Database, log: Logger): UsageRecorder {
  const writer = randomUUID();
  return createUsageRecorder({
    write: (batch, message) =>
      withTimeout(writeUsage(db, writer, batch, message), writeTimeoutMs, "Usage write"),
    onFailure: (error) => {
      // So that the retry gets a connection that accepts writes, also when no request writes anything.
      isRejectedAsReadOnly(error);
      log.warn({ err: error }, "failed to save API key usage, will retry");
    },
  });
}
