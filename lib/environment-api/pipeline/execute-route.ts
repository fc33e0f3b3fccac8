import { covers } from "@/lib/access/scopes/covers";
import { exceedsNodes } from "@/lib/infrastructure/json-size";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { ApiContext } from "./api-context";
import type { Caller } from "./authenticate-caller";
import { checkStorable } from "./check-storable";
import type { Dependencies } from "./dependencies";
import { type ApiError, invalidInput } from "./errors";
import { parseQuery } from "./parse-query";
import { readJsonBody } from "./read-body";
import { type ApiResponse, errorResponse, jsonResponse } from "./response";
import type { JsonRoute, Route, UnvalidatedInput } from "./route";
import { toInboundRequest } from "./to-inbound-request";

/**
 * Executes a route for an authorized caller. For a JSON route it checks the content type, size, JSON and
 * number of values of the body, validates the input, then calls the handler. A passthrough route gets the unread request.
 */
export async function executeRoute(
  dependencies: Dependencies,
  route: Route,
  c: ApiContext,
  { grants, environmentId, connectSession }: Caller,
  receivedAt: Date,
): Promise<ApiResponse> {
  const context = {
    db: dependencies.db,
    masterKey: dependencies.masterKey,
    outbound: dependencies.outbound,
    sharedApps: dependencies.sharedApps,
    environmentId,
    rawRequest: c.req.raw,
    getFunctionRunner: dependencies.getFunctionRunner,
    wakeActionWorker: dependencies.wakeActionWorker,
    connectSession,
    receivedAt,
    requestId: c.get("requestId"),
    getOrigin: dependencies.originOf.bind(null, c),
    canReadCredentials: route.credentialsScope !== undefined && covers(grants, route.credentialsScope),
    canChooseDestination: route.destinationScopes?.every((scope) => covers(grants, scope)) ?? false,
  };
  if ("forward" in route) {
    const forwarded = await route.forward(toInboundRequest(c, route.path), context);
    return forwarded.ok ? forwarded.value : errorResponse(forwarded.error);
  }
  const input = await readInput(c, route);
  if (!input.ok) return errorResponse(input.error);
  const result = await route.handle(input.value, context);
  if (!result.ok) return errorResponse(result.error);
  if (result.value instanceof Response) return result.value;
  const status = result.status ?? route.response.status;
  if (status === 204) return { status, body: null, headers: result.headers };
  return jsonResponse(status, result.value, result.headers);
}

const noBody = ok({});

/**
 * False for GET and HEAD: content in such a request has no defined semantics (RFC 9110, 9.3.1) and is not
 * read.
 */
function hasBody(method: string): boolean {
  return method !== "GET" && method !== "HEAD";
}

async function readInput(c: ApiContext, route: JsonRoute): Promise<Result<UnvalidatedInput, ApiError>> {
  const body = hasBody(c.req.method) ? await readJsonBody(c.req.raw, route.maxBodyBytes) : noBody;
  if (!body.ok) return body;
  if (exceedsNodes(body.value, route.maxBodyNodes)) {
    const message = `More than ${route.maxBodyNodes} values`;
    return fail(invalidInput("body", [{ code: "too_big", message, path: [] }]));
  }
  const url = c.req.url;
  const queryStart = url.indexOf("?");
  const input = {
    query: queryStart === -1 ? {} : parseQuery(url.slice(queryStart + 1)),
    params: c.req.param(),
    headers: route.declaresHeaders ? c.req.header() : {},
    body: body.value,
  };
  for (const part of ["query", "params", "body"] as const) {
    const storable = checkStorable(input[part]);
    if (!storable.ok) return fail(invalidInput(part, [storable.error]));
  }
  return ok(input);
}
