import type { PlainAnswer } from "./answer";
import type { ApiContext } from "./api-context";

const methods = "GET,HEAD,PUT,POST,DELETE,PATCH,QUERY";

/** A preflight never carries the key (Fetch standard, "CORS-preflight fetch"): an OPTIONS that does is a request. */
export function isPreflight(c: ApiContext): boolean {
  return c.req.method === "OPTIONS" && c.req.header("authorization") === undefined;
}

/** Allows a page of any origin whatever it wants to send: keys are not cookies, a page has only those it was given. */
export function preflightAnswer(c: ApiContext): PlainAnswer {
  const wanted = c.req.header("access-control-request-headers");
  const headers = {
    "access-control-allow-methods": methods,
    ...(wanted !== undefined && {
      "access-control-allow-headers": wanted
        .split(",")
        .map((name) => name.trim())
        .join(","),
      vary: "Access-Control-Request-Headers",
    }),
  };
  return { status: 204, body: null, headers };
}
