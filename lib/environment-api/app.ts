import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { cors } from "hono/cors";
import type { Logger } from "pino";
import { actionWorker } from "../actions/worker";
import type { KeyLookup } from "../api-keys/authenticate";
import { clientName } from "../api-keys/client-name";
import { keyLookup } from "../api-keys/lookup-store";
import type { UsageRecorder } from "../api-keys/usage";
import { recordUsage } from "../api-keys/usage-recording";
import { type Database, database } from "../db/client";
import { isDatabaseUnreachable } from "../db/unreachable";
import { settings } from "../env";
import { functionRunner } from "../functions/configured-runner";
import type { FunctionRunner } from "../functions/runner";
import type { SharedApps } from "../integrations/shared-app";
import { log as processLog } from "../log";
import { type Outbound, systemOutbound } from "../net/outbound";
import { allRoutes } from "./all-routes";
import { type ApiContext, type ApiEnv, refuse, remoteAddress } from "./api-context";
import { callOutcome } from "./call-outcome";
import { type DoorParts, passDoor } from "./door";
import { databaseAway, noSuchEndpoint, unexpected } from "./errors";
import { failedAttempts } from "./failed-attempts";
import { documentPath, openApiDocument } from "./openapi";
import { anyMethod, type ScopedRoute } from "./scoped-route";

export type EnvironmentApiOptions = {
  readonly db?: Database;
  readonly masterKey?: Buffer;
  readonly log?: Logger;
  /** The routes to mount; all unless given. */
  readonly routes?: readonly ScopedRoute[];
  /** Finds keys; asks the database for each unless given. */
  readonly lookup?: KeyLookup;
  /** How the API reaches other machines; those of the public internet only, unless given. */
  readonly outbound?: Outbound;
  /** The operator's own apps at providers; none unless said. */
  readonly sharedApps?: SharedApps;
  /** Failed attempts one address has per minute; 0 is no limit. */
  readonly failedAuthPerMinute?: number;
  /** The address a request comes from; the socket's other end unless a proxy of ours says it differently. */
  readonly addressOf?: (c: ApiContext) => string | null;
  /** The runner of deployed code; the configured one unless given. */
  readonly functionRunner?: () => FunctionRunner | null;
  /** The address at which the caller reached us; what the request's own URL says unless a proxy says it differently. */
  readonly originOf?: (c: ApiContext) => string;
  /** Where authenticated calls are noted; a recorder of its own over `db` unless given. */
  readonly usage?: UsageRecorder;
};

// The longest IPv6 text has 45 characters; a zone may follow. A proxy's header could be anything.
const longestAddress = 64;

/** The environment API: every declared route at the origin root, behind the door. It knows nothing of Next. */
export function createEnvironmentApi(options: EnvironmentApiOptions = {}): Hono<ApiEnv> {
  return assembleApi(options, passDoor);
}

/** How a request to a route is decided and answered. */
export type AnswerRequest = (parts: DoorParts, route: ScopedRoute, c: ApiContext) => Promise<Response>;

/** The same app around any way to answer: ids, CORS, log lines, errors and last uses stay as they are. */
export function assembleApi(options: EnvironmentApiOptions, answerRequest: AnswerRequest): Hono<ApiEnv> {
  const db = options.db ?? database();
  const log = options.log ?? processLog();
  const tellAddress = options.addressOf ?? remoteAddress;
  const addressOf = (c: ApiContext) => tellAddress(c)?.slice(0, longestAddress) ?? null;
  const usage = options.usage ?? recordUsage(db, log);
  const runner = options.functionRunner ?? functionRunner;
  const actions = actionWorker({ db, functionRunner: runner, log });
  actions.start();
  const parts = {
    db,
    masterKey: options.masterKey ?? settings().masterKey,
    outbound: options.outbound ?? systemOutbound(false),
    sharedApps: options.sharedApps ?? {},
    lookup: options.lookup ?? keyLookup(db),
    attempts: failedAttempts(options.failedAuthPerMinute ?? settings().failedAuthPerMinute),
    addressOf,
    functionRunner: runner,
    wakeActions: actions.wake,
    originOf: options.originOf ?? ((c: ApiContext) => new URL(c.req.url).origin),
  };

  const app = new Hono<ApiEnv>({ strict: false });

  app.use(async (c, next) => {
    const at = new Date();
    const started = performance.now();
    const requestId = randomUUID();
    c.set("requestId", requestId);
    c.header("X-Request-Id", requestId);
    c.header("Cache-Control", "no-store");
    await next();
    const { principal, route, scope } = c.var;
    const { method } = c.req;
    const { status } = c.res;
    if (principal !== undefined && route !== undefined && scope !== undefined) {
      const client = clientName(c.req.header("user-agent") ?? null);
      const lastUse = { method, route, status, client, address: addressOf(c) };
      const { keyId, environmentId, grants } = principal;
      const outcome = callOutcome(status, scope, grants);
      usage.note({ keyId, environmentId, at: at.getTime(), scope, outcome, lastUse });
    }
    const ms = Math.round((performance.now() - started) * 10) / 10;
    log.info({ requestId, method, route, status, ms, keyId: principal?.keyId }, "request");
  });
  const allowAnyOrigin = cors({
    origin: "*",
    exposeHeaders: ["X-Request-Id", "Retry-After", "WWW-Authenticate"],
  });
  // A preflight never carries the key (Fetch standard, "CORS-preflight fetch"): an OPTIONS that does is a request.
  app.use((c, next) => {
    const isPreflight = c.req.method === "OPTIONS" && c.req.header("authorization") === undefined;
    if (c.req.method !== "OPTIONS" || isPreflight) return allowAnyOrigin(c, next);
    c.res.headers.set("Access-Control-Allow-Origin", "*");
    return next();
  });

  for (const route of options.routes ?? allRoutes) {
    const answer = (c: ApiContext) => {
      c.set("route", route.path);
      c.set("scope", route.scope);
      return answerRequest(parts, route, c);
    };
    for (const path of [route.path, ...route.aliases]) {
      if (route.method === anyMethod) app.all(path.replace(/\{\w+\}$/, "*"), answer);
      else app.on(route.method, path.replaceAll(/\{(\w+)\}/g, ":$1"), answer);
    }
  }

  const document = JSON.stringify(openApiDocument());
  app.get(documentPath, (c) => c.body(document, 200, { "Content-Type": "application/json" }));

  app.notFound((c) => refuse(c, noSuchEndpoint));
  app.onError((error, c) => {
    const { requestId, route } = c.var;
    const away = isDatabaseUnreachable(error);
    log.error({ requestId, route, err: error }, away ? "database unreachable" : "unexpected error");
    return refuse(c, away ? databaseAway : unexpected(requestId));
  });
  return app;
}
