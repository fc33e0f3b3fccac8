import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { findUnstorableValue } from "@/lib/infrastructure/storable-json";
import type { FieldError } from "./errors";

/** Refuses what PostgreSQL would refuse to store, of what JSON or a query gave. */
export function checkStorable(value: unknown): Result<null, FieldError> {
  const trouble = findUnstorableValue(value);
  return trouble === null ? ok(null) : fail({ code: "custom", ...trouble });
}
