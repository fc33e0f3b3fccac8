import { type ApiError, errorBody } from "./errors";

/** What goes out, in parts: the sender writes them without a `Response`, which costs more than all checks together. */
export type PlainAnswer = {
  readonly status: number;
  /** JSON, written out; null where there is no body, as with 204. */
  readonly body: string | null;
  /** Further headers; none of those that every answer has. */
  readonly headers: Readonly<Record<string, string>> | undefined;
};

/** A handler that speaks another protocol, or passes on what it is sent, writes a `Response` itself. */
export type Answer = PlainAnswer | Response;

export function jsonAnswer(
  status: number,
  value: unknown,
  headers?: Readonly<Record<string, string>>,
): PlainAnswer {
  return { status, body: JSON.stringify(value), headers };
}

/** A failure, in the one form that failures have. */
export function errorAnswer(failure: ApiError): PlainAnswer {
  return jsonAnswer(failure.status, errorBody(failure), failure.headers);
}
