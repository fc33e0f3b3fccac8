import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Database } from "@/lib/infrastructure/db/client";
import { withTimeout } from "@/lib/infrastructure/timeout";
import { createUsageRecorder, type UsageRecorder } from "./usage-recorder";
import { writeUsage } from "./usage-store";

/**
 * Milliseconds after which a write counts as failed: on a broken connection no response may ever arrive. The
 * server gives up waiting for a lock sooner.
 */
const writeTimeoutMs = 4000;

/** Opens a recorder that writes to the database under a writer id of its own. Failed writes are logged. */
export function openUsageRecorder(db: Database, log: Logger): UsageRecorder {
  const writer = randomUUID();
  return createUsageRecorder({
    write: (batch, message) =>
      withTimeout(writeUsage(db, writer, batch, message), writeTimeoutMs, "Usage flush"),
    onFailure: (error) => log.warn({ err: error }, "usage flush failed, will retry"),
  });
}
