import { type ApiError, errorBody } from "./errors";

/**
 * A response as plain values. `sendResponse` writes it to the socket without creating a `Response`, which
 * would be slow.
 */
export type PlainResponse = {
  readonly status: number;
  /** Serialized JSON; null for a response without a body, such as a 204. */
  readonly body: string | null;
  /** Additional headers; the ones common to all responses are added by `sendResponse`. */
  readonly headers: Readonly<Record<string, string>> | undefined;
};

/** A response of the API. Handlers that speak another protocol or forward a response return a `Response`. */
export type ApiResponse = PlainResponse | Response;

/** Serializes `value` as a JSON response. */
export function jsonResponse(
  status: number,
  value: unknown,
  headers?: Readonly<Record<string, string>>,
): PlainResponse {
  return { status, body: JSON.stringify(value), headers };
}

/** Builds the response for an error, in the format that all errors share. */
export function errorResponse(error: ApiError): PlainResponse {
  return jsonResponse(error.status, errorBody(error), error.headers);
}
