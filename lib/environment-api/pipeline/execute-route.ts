import { covers } from "@/lib/access/scopes/covers";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type Answer, errorAnswer, jsonAnswer } from "./answer";
import type { ApiContext } from "./api-context";
import type { Caller } from "./caller";
import type { Dependencies } from "./dependencies";
import { type ApiError, invalidInput } from "./errors";
import { parseQuery } from "./parse-query";
import { readJsonBody } from "./read-body";
import type { JsonRoute, RawInput, ScopedRoute } from "./scoped-route";
import { checkStorable } from "./storable-input";
import { unreadRequest } from "./unread-request";

/** Answers a request whose caller may come in: content type, size, JSON, validation, then the handler. */
export async function executeRoute(
  parts: Dependencies,
  route: ScopedRoute,
  c: ApiContext,
  { grants, environmentId, session }: Caller,
  receivedAt: Date,
): Promise<Answer> {
  const context = {
    db: parts.db,
    masterKey: parts.masterKey,
    outbound: parts.outbound,
    sharedApps: parts.sharedApps,
    environmentId,
    rawRequest: c.req.raw,
    functionRunner: parts.functionRunner,
    wakeActionWorker: parts.wakeActionWorker,
    session,
    receivedAt,
    requestId: c.get("requestId"),
    origin: parts.originOf.bind(null, c),
    canReadCredentials: route.credentialsScope !== undefined && covers(grants, route.credentialsScope),
  };
  if ("forward" in route) {
    const passed = await route.forward(unreadRequest(c, route.path), context);
    return passed.ok ? passed.value : errorAnswer(passed.error);
  }
  const input = await readInput(c, route);
  if (!input.ok) return errorAnswer(input.error);
  const answer = await route.handle(input.value, context);
  if (!answer.ok) return errorAnswer(answer.error);
  if (answer.value instanceof Response) return answer.value;
  const status = answer.status ?? route.success.status;
  if (status === 204) return { status, body: null, headers: answer.headers };
  return jsonAnswer(status, answer.value, answer.headers);
}

const noBody = ok({});

/** The body of a GET or HEAD has no meaning and is not read. */
function hasBody(method: string): boolean {
  return method !== "GET" && method !== "HEAD";
}

async function readInput(c: ApiContext, route: JsonRoute): Promise<Result<RawInput, ApiError>> {
  const body = hasBody(c.req.method) ? await readJsonBody(c.req.raw, route.maxBodyBytes) : noBody;
  if (!body.ok) return body;
  const url = c.req.url;
  const mark = url.indexOf("?");
  const input = {
    query: mark === -1 ? {} : parseQuery(url.slice(mark + 1)),
    params: c.req.param(),
    headers: route.readsHeaders ? c.req.header() : {},
    body: body.value,
  };
  for (const part of ["query", "params", "body"] as const) {
    const storable = checkStorable(input[part]);
    if (!storable.ok) return fail(invalidInput(part, [storable.error]));
  }
  return { ok: true, value: input };
}
