import "server-only";
import { isRejectedAsReadOnly } from "@/lib/infrastructure/db/client";
import { isDatabaseUnreachable } from "@/lib/infrastructure/db/database-unreachable";
import { log } from "@/lib/infrastructure/log/log";
import { type ServerActionError, unavailable, unexpectedError } from "./server-action-error";

/** Logs a thrown error and returns one without its details, to show to the member or the end user. */
export function logAndConvertError(error: unknown): ServerActionError {
  if (isRejectedAsReadOnly(error)) {
    log().warn({ err: error }, "database read-only");
    return unavailable;
  }
  if (isDatabaseUnreachable(error)) {
    log().warn({ err: error }, "database unreachable");
    return unavailable;
  }
  const requestId = crypto.randomUUID();
  log().error({ err: error, requestId }, "dashboard request failed");
  return unexpectedError(requestId);
}
