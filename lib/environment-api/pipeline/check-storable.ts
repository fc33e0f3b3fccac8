import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { findUnstorableValue } from "@/lib/infrastructure/storable-json";
import type { FieldError } from "./errors";

/**
 * Checks that PostgreSQL can store a value parsed from JSON or a query string. The error has the field's
 * path.
 */
export function checkStorable(value: unknown): Result<null, FieldError> {
  const unstorable = findUnstorableValue(value);
  return unstorable === null ? ok(null) : fail({ code: "custom", ...unstorable });
}
