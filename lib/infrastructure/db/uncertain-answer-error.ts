/**
 * The database answered, but the answer does not prove what was asked: it must not be used or cached. Callers
 * handle it like an unreachable database.
 */
export class UncertainAnswerError extends Error {
  readonly code = "UNCERTAIN_ANSWER";
}
