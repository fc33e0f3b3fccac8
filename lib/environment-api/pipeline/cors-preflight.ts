import type { ApiContext } from "./api-context";
import type { PlainResponse } from "./response";

const methods = "GET,HEAD,PUT,POST,DELETE,PATCH,QUERY";

/**
 * True for a CORS preflight. A preflight never has an Authorization header (Fetch standard, "CORS-preflight
 * fetch"). An OPTIONS request that has one is handled like any other request.
 */
export function isPreflight(c: ApiContext): boolean {
  return c.req.method === "OPTIONS" && c.req.header("authorization") === undefined;
}

/**
 * Returns the response to a preflight, which allows every origin and every header. That is safe because the
 * API uses no cookies: the browser never adds a key by itself, and a page can send only a key that it has.
 */
export function preflightResponse(c: ApiContext): PlainResponse {
  const requestedHeaders = c.req.header("access-control-request-headers");
  const headers = {
    "access-control-allow-methods": methods,
    ...(requestedHeaders !== undefined && {
      "access-control-allow-headers": requestedHeaders
        .split(",")
        .map((name) => name.trim())
        .join(","),
      vary: "Access-Control-Request-Headers",
    }),
  };
  return { status: 204, body: null, headers };
}
