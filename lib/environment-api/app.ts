import { Hono } from "hono";
import type { Logger } from "pino";
import type { KeyLookup } from "@/lib/access/authentication/authenticate";
import { createKeyLookup } from "@/lib/access/authentication/lookup-store";
import { openUsageRecorder } from "@/lib/access/key-usage/open-usage-recorder";
import type { UsageRecorder } from "@/lib/access/key-usage/usage-recorder";
import { createActionWorker } from "@/lib/functions/action-runs/worker";
import { functionRunner } from "@/lib/functions/runner/configured-runner";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import { type Database, database } from "@/lib/infrastructure/db/client";
import { log as processLog } from "@/lib/infrastructure/log/log";
import { createOutboundPolicy, type OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { settings } from "@/lib/infrastructure/settings/settings";
import type { SharedApps } from "@/lib/infrastructure/settings/shared-apps";
import { allRoutes } from "./catalog/all-routes";
import { documentPath, openApiDocument } from "./openapi/document";
import { type Answer, errorAnswer, jsonAnswer } from "./pipeline/answer";
import { type ApiContext, type ApiEnv, remoteAddress } from "./pipeline/api-context";
import { type AuthDurations, authDurations } from "./pipeline/auth-durations";
import type { Dependencies } from "./pipeline/dependencies";
import { endpointNotFound } from "./pipeline/errors";
import { failedAttemptLimiter } from "./pipeline/failed-attempt-limiter";
import { handleRequest } from "./pipeline/handle-request";
import { type RequestCounters, requestCounters } from "./pipeline/request-counters";
import { type WrapperDependencies, wrapHandler } from "./pipeline/request-envelope";
import { anyMethod, type ScopedRoute } from "./pipeline/scoped-route";

export type EnvironmentApiOptions = {
  readonly db?: Database;
  readonly masterKey?: Buffer;
  readonly log?: Logger;
  /** The routes to mount; all unless given. */
  readonly routes?: readonly ScopedRoute[];
  /** Finds keys; asks the database for each unless given. */
  readonly lookup?: KeyLookup;
  /** How the API reaches other machines; those of the public internet only, unless given. */
  readonly outbound?: OutboundPolicy;
  /** The operator's own apps at providers; none unless said. */
  readonly sharedApps?: SharedApps;
  /** Failed attempts one address has per minute; 0 is no limit. */
  readonly failedAuthPerMinute?: number;
  /** The address a request comes from; the socket's other end unless a proxy of ours says it differently. */
  readonly clientAddressOf?: (c: ApiContext) => string | null;
  /** The runner of deployed code; the configured one unless given. */
  readonly functionRunner?: () => FunctionRunner | null;
  /** The address at which the caller reached us; what the request's own URL says unless a proxy says it differently. */
  readonly originOf?: (c: ApiContext) => string;
  /** Where authenticated calls are noted; a recorder of its own over `db` unless given. */
  readonly usage?: UsageRecorder;
  /** Where requests are counted, and how long each took to decide; nowhere else unless given. */
  readonly requestCounters?: RequestCounters;
  readonly authDurations?: AuthDurations;
};

// The longest IPv6 text has 45 characters; a zone may follow. A proxy's header could be anything.
const maxAddressLength = 64;

/** The environment API: every declared route at the origin root, behind the door. It knows nothing of Next. */
export function createEnvironmentApi(options: EnvironmentApiOptions = {}): Hono<ApiEnv> {
  return assembleApi(options, handleRequest);
}

/** How a request to a route is decided and answered. */
export type RouteHandler = (parts: Dependencies, route: ScopedRoute, c: ApiContext) => Promise<Answer>;

/** The same app around any way to answer: ids, CORS, log lines, errors and last uses stay as they are. */
export function assembleApi(options: EnvironmentApiOptions, answerRoute: RouteHandler): Hono<ApiEnv> {
  const { front, door } = openDependencies(options);
  const app = new Hono<ApiEnv>({ strict: false });
  // Every handler is whole by itself: where Hono finds one alone, it composes no middleware.
  for (const route of options.routes ?? allRoutes) {
    const answer = wrapHandler(front, route, (c) => answerRoute(door, route, c));
    for (const path of [route.path, ...route.aliases]) {
      if (route.method === anyMethod) app.all(path.replace(/\{\w+\}$/, "*"), answer);
      else app.on(route.method, path.replaceAll(/\{(\w+)\}/g, ":$1"), answer);
    }
  }
  const document = jsonAnswer(200, openApiDocument());
  app.get(
    documentPath,
    wrapHandler(front, null, () => document),
  );
  app.notFound(wrapHandler(front, null, () => errorAnswer(endpointNotFound)));
  return app;
}

function openDependencies(options: EnvironmentApiOptions): {
  readonly front: WrapperDependencies;
  readonly door: Dependencies;
} {
  const db = options.db ?? database();
  const log = options.log ?? processLog();
  const tellAddress = options.clientAddressOf ?? remoteAddress;
  const clientAddressOf = (c: ApiContext) => tellAddress(c)?.slice(0, maxAddressLength) ?? null;
  const usage = options.usage ?? openUsageRecorder(db, log);
  const runner = options.functionRunner ?? functionRunner;
  const actions = createActionWorker({ db, functionRunner: runner, log });
  actions.start();
  const door = {
    db,
    masterKey: options.masterKey ?? settings().masterKey,
    outbound: options.outbound ?? createOutboundPolicy(false),
    sharedApps: options.sharedApps ?? {},
    lookup: options.lookup ?? createKeyLookup(db),
    failedAttempts: failedAttemptLimiter(options.failedAuthPerMinute ?? settings().failedAuthPerMinute),
    clientAddressOf,
    functionRunner: runner,
    wakeActionWorker: actions.poll,
    originOf: options.originOf ?? ((c: ApiContext) => new URL(c.req.url).origin),
    authDurations: options.authDurations ?? authDurations(),
  };
  return {
    front: { log, usage, clientAddressOf, requestCounters: options.requestCounters ?? requestCounters() },
    door,
  };
}
