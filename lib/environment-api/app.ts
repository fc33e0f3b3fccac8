import { Hono } from "hono";
import type { Logger } from "pino";
import type { KeyLookup } from "@/lib/access/authentication/authenticate";
import { createKeyLookup } from "@/lib/access/authentication/lookup-store";
import { openUsageRecorder } from "@/lib/access/key-usage/open-usage-recorder";
import type { UsageRecorder } from "@/lib/access/key-usage/usage-recorder";
import { createActionWorker } from "@/lib/functions/action-runs/worker";
import { createConfiguredRunner } from "@/lib/functions/runner/configured-runner";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import { type Database, database } from "@/lib/infrastructure/db/client";
import { log as processLog } from "@/lib/infrastructure/log/log";
import { createOutboundPolicy, type OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { settings } from "@/lib/infrastructure/settings/settings";
import type { SharedApps } from "@/lib/infrastructure/settings/shared-apps";
import { allRoutes } from "./catalog/all-routes";
import { documentPath, openApiDocument } from "./openapi/document";
import { type ApiContext, type ApiEnv, remoteAddress } from "./pipeline/api-context";
import { type AuthDurations, createAuthDurations } from "./pipeline/auth-durations";
import type { Dependencies } from "./pipeline/dependencies";
import { endpointNotFound } from "./pipeline/errors";
import { createFailedAttemptLimiter } from "./pipeline/failed-attempt-limiter";
import { handleRequest } from "./pipeline/handle-request";
import { type MiddlewareDependencies, withMiddleware } from "./pipeline/middleware";
import { createRequestCounters, type RequestCounters } from "./pipeline/request-counters";
import { type ApiResponse, errorResponse, jsonResponse } from "./pipeline/response";
import { anyMethod, type Route } from "./pipeline/route";

export type EnvironmentApiOptions = {
  readonly db?: Database;
  readonly masterKey?: Buffer;
  readonly log?: Logger;
  /** The routes to mount. Default: all. */
  readonly routes?: readonly Route[];
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
  readonly getFunctionRunner?: () => FunctionRunner | null;
  /**
   * Returns the origin that the caller used. Default: that of the request URL, which behind a proxy may be
   * another.
   */
  readonly originOf?: (c: ApiContext) => string;
  /** Records the use of keys. Default: a new recorder that writes to `db`. */
  readonly usage?: UsageRecorder;
  /** Counts requests. Default: new counters, which no metric reads. */
  readonly requestCounters?: RequestCounters;
  /**
   * Records how long authentication and authorization took. Default: a new histogram, which no metric reads.
   */
  readonly authDurations?: AuthDurations;
};

// The longest text form of an IPv6 address has 45 characters, and a zone may follow. The limit is needed
// because a proxy's header could hold any text.
const maxAddressLength = 64;

/** Creates the environment API: every declared route, at the origin root. Independent of Next.js. */
export function createEnvironmentApi(options: EnvironmentApiOptions = {}): Hono<ApiEnv> {
  return assembleApi(options, handleRequest);
}

/** Handles one request to a declared route. */
export type RouteHandler = (dependencies: Dependencies, route: Route, c: ApiContext) => Promise<ApiResponse>;

/**
 * Mounts the routes with `handleRoute` in place of `handleRequest`, for benchmarks. The middleware (request
 * ids, CORS, log lines, errors, usage) stays the same.
 */
export function assembleApi(options: EnvironmentApiOptions, handleRoute: RouteHandler): Hono<ApiEnv> {
  const { middleware, dependencies } = createDependencies(options);
  const app = new Hono<ApiEnv>({ strict: false });
  // Wraps each handler instead of calling `app.use`: for a path with a single handler Hono skips its own
  // composition, which is faster.
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

function createDependencies(options: EnvironmentApiOptions): {
  readonly middleware: MiddlewareDependencies;
  readonly dependencies: Dependencies;
} {
  const db = options.db ?? database();
  const log = options.log ?? processLog();
  const readAddress = options.clientAddressOf ?? remoteAddress;
  const clientAddressOf = (c: ApiContext) => readAddress(c)?.slice(0, maxAddressLength) ?? null;
  const usage = options.usage ?? openUsageRecorder(db, log);
  const getFunctionRunner = options.getFunctionRunner ?? createConfiguredRunner;
  const actions = createActionWorker({ db, getFunctionRunner, log });
  actions.start();
  const dependencies = {
    db,
    masterKey: options.masterKey ?? settings().masterKey,
    outbound: options.outbound ?? createOutboundPolicy(false),
    sharedApps: options.sharedApps ?? {},
    lookup: options.lookup ?? createKeyLookup(db),
    failedAttempts: createFailedAttemptLimiter(options.failedAuthPerMinute ?? settings().failedAuthPerMinute),
    clientAddressOf,
    getFunctionRunner,
    wakeActionWorker: actions.poll,
    originOf: options.originOf ?? ((c: ApiContext) => new URL(c.req.url).origin),
    authDurations: options.authDurations ?? createAuthDurations(),
  };
  const middleware = {
    log,
    usage,
    clientAddressOf,
    requestCounters: options.requestCounters ?? createRequestCounters(),
  };
  return { middleware, dependencies };
}
