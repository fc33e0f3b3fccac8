import { covers } from "../authz/covers";
import { fail, type Result } from "../result";
import { type ApiContext, refuse } from "./api-context";
import type { Caller } from "./caller";
import type { DoorParts } from "./door";
import { type ApiFailure, invalidInput } from "./errors";
import { parseQuery } from "./raw-query";
import { readJsonBody } from "./read-body";
import type { JsonRoute, RawInput, ScopedRoute } from "./scoped-route";
import { checkStorable } from "./storable-input";
import { unreadRequest } from "./unread-request";

/** Answers a request whose caller may come in: content type, size, JSON, validation, then the handler. */
export async function answerRoute(
  parts: DoorParts,
  route: ScopedRoute,
  c: ApiContext,
  { grants, environmentId, session }: Caller,
  receivedAt: Date,
): Promise<Response> {
  const context = {
    db: parts.db,
    masterKey: parts.masterKey,
    outbound: parts.outbound,
    sharedApps: parts.sharedApps,
    environmentId,
    rawRequest: c.req.raw,
    functionRunner: parts.functionRunner,
    wakeActions: parts.wakeActions,
    session,
    receivedAt,
    requestId: c.get("requestId"),
    origin: parts.originOf(c),
    mayDisclose: route.discloses !== undefined && covers(grants, route.discloses),
  };
  if ("pass" in route) {
    const passed = await route.pass(unreadRequest(c, route.path), context);
    return passed.ok ? passed.value : refuse(c, passed.error);
  }
  const input = await readInput(c, route);
  if (!input.ok) return refuse(c, input.error);
  const answer = await route.answer(input.value, context);
  if (!answer.ok) return refuse(c, answer.error);
  if (answer.value instanceof Response) return answer.value;
  const status = answer.status ?? route.success.status;
  return status === 204 ? c.body(null, status, answer.headers) : c.json(answer.value, status, answer.headers);
}

async function readInput(c: ApiContext, route: JsonRoute): Promise<Result<RawInput, ApiFailure>> {
  const body = await readJsonBody(c.req.raw, route.maxBodyBytes);
  if (!body.ok) return body;
  const url = c.req.url;
  const mark = url.indexOf("?");
  const input = {
    query: mark === -1 ? {} : parseQuery(url.slice(mark + 1)),
    params: c.req.param(),
    headers: c.req.header(),
    body: body.value,
  };
  for (const part of ["query", "params", "body"] as const) {
    const storable = checkStorable(input[part]);
    if (!storable.ok) return fail(invalidInput(part, [storable.error]));
  }
  return { ok: true, value: input };
}
