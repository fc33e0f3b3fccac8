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
import { type ApiContext, type ApiEnv, remoteAddress } from "./pipeline/api-context";
import { type AuthDurations, authDurations } from "./pipeline/auth-durations";
import type { Dependencies } from "./pipeline/dependencies";
import { endpointNotFound } from "./pipeline/errors";
import { failedAttemptLimiter } from "./pipeline/failed-attempt-limiter";
import { handleRequest } from "./pipeline/handle-request";
import { type MiddlewareDependencies, withMiddleware } from "./pipeline/middleware";
import { type RequestCounters, requestCounters } from "./pipeline/request-counters";
import { type ApiResponse, errorResponse, jsonResponse } from "./pipeline/response";
import { anyMethod, type ScopedRoute } from "./pipeline/scoped-route";

export type EnvironmentApiOptions = {
  readonly db?: Database;
  readonly masterKey?: Buffer;
  readonly log?: Logger;
  /** The routes to mount. Default: all. */
  readonly routes?: readonly ScopedRoute[];
  /** Looks up API keys. Default: queries the database for every request. */
  readonly lookup?: KeyLookup;
  /** The addresses that outbound requests may reach. Default: those of the public internet only. */
  readonly outbound?: OutboundPolicy;
  /** The operator's own OAuth apps at providers. Default: none. */
  readonly sharedApps?: SharedApps;
  /** Failed authentication attempts per minute that one address may make; 0 disables the limit. */
  readonly failedAuthPerMinute?: number;
  /**
   * Returns the client's address. Default: the socket's remote address, which behind a proxy is the proxy's.
   */
  readonly clientAddressOf?: (c: ApiContext) => string | null;
  /** Returns the runner of deployed code, or null when there is none. Default: the configured one. */
  readonly functionRunner?: () => FunctionRunner | null;
  /**
   * Returns the origin that the caller used. Default: the origin of the request URL, which a proxy may
   * change.
   */
  readonly originOf?: (c: ApiContext) => string;
  /** Records authenticated calls. Default: a new recorder that writes to `db`. */
  readonly usage?: UsageRecorder;
  /** Counts requests. Default: new counters, which no metric reads. */
  readonly requestCounters?: RequestCounters;
  /**
   * Records how long authentication and authorization took. Default: a new histogram, which no metric reads.
   */
  readonly authDurations?: AuthDurations;
};

// The longest IPv6 text has 45 characters, and a zone may follow. A proxy's header could hold anything.
const maxAddressLength = 64;

/** Creates the environment API: every declared route, at the origin root. Independent of Next.js. */
export function createEnvironmentApi(options: EnvironmentApiOptions = {}): Hono<ApiEnv> {
  return assembleApi(options, handleRequest);
}

/** Handles one request to a declared route. */
export type RouteHandler = (
  dependencies: Dependencies,
  route: ScopedRoute,
  c: ApiContext,
) => Promise<ApiResponse>;

/**
 * Mounts the routes with `handleRoute` in place of `handleRequest`, for benchmarks. The middleware (request
 * ids, CORS, log lines, errors, usage) stays the same.
 */
export function assembleApi(options: EnvironmentApiOptions, handleRoute: RouteHandler): Hono<ApiEnv> {
  const { middleware, dependencies } = openDependencies(options);
  const app = new Hono<ApiEnv>({ strict: false });
  // The middleware wraps each handler instead of `app.use`: Hono skips its own composition for a single
  // handler.
  for (const route of options.routes ?? allRoutes) {
    const handler = withMiddleware(middleware, route, (c) => handleRoute(dependencies, route, c));
    for (const path of [route.path, ...route.aliases]) {
      if (route.method === anyMethod) app.all(path.replace(/\{\w+\}$/, "*"), handler);
      else app.on(route.method, path.replaceAll(/\{(\w+)\}/g, ":$1"), handler);
    }
  }
  const document = jsonResponse(200, openApiDocument());
  app.get(
    documentPath,
    withMiddleware(middleware, null, () => document),
  );
  app.notFound(withMiddleware(middleware, null, () => errorResponse(endpointNotFound)));
  return app;
}

function openDependencies(options: EnvironmentApiOptions): {
  readonly middleware: MiddlewareDependencies;
  readonly dependencies: Dependencies;
} {
  const db = options.db ?? database();
  const log = options.log ?? processLog();
  const readAddress = options.clientAddressOf ?? remoteAddress;
  const clientAddressOf = (c: ApiContext) => readAddress(c)?.slice(0, maxAddressLength) ?? null;
  const usage = options.usage ?? openUsageRecorder(db, log);
  const runner = options.functionRunner ?? functionRunner;
  const actions = createActionWorker({ db, functionRunner: runner, log });
  actions.start();
  const dependencies = {
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
  const middleware = {
    log,
    usage,
    clientAddressOf,
    requestCounters: options.requestCounters ?? requestCounters(),
  };
  return { middleware, dependencies };
}
