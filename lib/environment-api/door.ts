import type { KeyLookup } from "../api-keys/authenticate";
import { covers } from "../authz/covers";
import type { Database } from "../db/client";
import type { FunctionRunner } from "../functions/runner";
import type { SharedApps } from "../integrations/shared-app";
import type { Outbound } from "../net/outbound";
import { fail, type Result } from "../result";
import { type ApiContext, refuse } from "./api-context";
import { type CallerFailure, identify, missingScope } from "./caller";
import { type ApiFailure, insufficientScope, invalidInput } from "./errors";
import type { FailedAttempts } from "./failed-attempts";
import { parseQuery } from "./raw-query";
import { readJsonBody } from "./read-body";
import type { JsonRoute, RawInput, ScopedRoute } from "./scoped-route";
import { checkStorable } from "./storable-input";
import { unreadRequest } from "./unread-request";

export type DoorParts = {
  readonly db: Database;
  readonly masterKey: Buffer;
  readonly outbound: Outbound;
  readonly sharedApps: SharedApps;
  readonly lookup: KeyLookup;
  readonly attempts: FailedAttempts;
  readonly addressOf: (c: ApiContext) => string | null;
  readonly functionRunner: () => FunctionRunner | null;
  readonly wakeActions: () => void;
  readonly originOf: (c: ApiContext) => string;
};

/**
 * Decides one request in the contract's order: header, format, look-up, expiry, scope, content type, size, JSON,
 * validation, resource. Nothing behind a step is touched before the step has said yes.
 */
export async function passDoor(parts: DoorParts, route: ScopedRoute, c: ApiContext): Promise<Response> {
  const now = new Date();
  const caller = await identify(parts, route, c.req.header("authorization") ?? null, now);
  if (!caller.ok) return refuse(c, authFailure(parts, caller.error, c, now));
  const { grants, environmentId, principal, session } = caller.value;
  if (principal !== null) c.set("principal", principal);

  const missing = missingScope(route, caller.value);
  if (missing !== null) return refuse(c, insufficientScope(missing));
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
    receivedAt: now,
    requestId: c.var.requestId,
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

/** Failures with a key in hand count against the address; past its limit they are told to wait, never "401". */
function authFailure(parts: DoorParts, failure: CallerFailure, c: ApiContext, now: Date): ApiFailure {
  if (failure.code !== "missing_auth_header") {
    const wait = parts.attempts.count(parts.addressOf(c) ?? "", now.getTime());
    if (wait !== null) {
      return {
        status: 429,
        code: "too_many_request",
        message: "Too many failed attempts from this address",
        headers: { "Retry-After": String(wait) },
      };
    }
  }
  return { ...failure, status: 401, headers: { "WWW-Authenticate": "Bearer" } };
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
