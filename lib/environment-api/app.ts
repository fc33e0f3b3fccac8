import { Hono } from "hono";
import type { Logger } from "pino";
import type { KeyLookup } from "@/lib/access/authentication/authenticate";
import { keyLookup } from "@/lib/access/authentication/lookup-store";
import type { UsageRecorder } from "@/lib/access/key-usage/usage";
import { recordUsage } from "@/lib/access/key-usage/usage-recording";
import { actionWorker } from "@/lib/functions/action-runs/worker";
import { functionRunner } from "@/lib/functions/runner/configured-runner";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import { type Database, database } from "@/lib/infrastructure/db/client";
import { settings } from "@/lib/infrastructure/env/env";
import type { SharedApps } from "@/lib/infrastructure/env/shared-apps";
import { log as processLog } from "@/lib/infrastructure/log/log";
import { type Outbound, systemOutbound } from "@/lib/infrastructure/net/outbound";
import { allRoutes } from "./catalog/all-routes";
import { documentPath, openApiDocument } from "./openapi/document";
import { type Answer, jsonAnswer, refusal } from "./pipeline/answer";
import { type ApiContext, type ApiEnv, remoteAddress } from "./pipeline/api-context";
import { type CheckDurations, checkDurations } from "./pipeline/check-durations";
import type { Dependencies } from "./pipeline/dependencies";
import { passDoor } from "./pipeline/door";
import { noSuchEndpoint } from "./pipeline/errors";
import { failedAttempts } from "./pipeline/failed-attempts";
import { type FrontParts, inFront } from "./pipeline/front";
import { type RequestTally, requestTally } from "./pipeline/request-tally";
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
  /** Where requests are counted, and how long each took to decide; nowhere else unless given. */
  readonly tally?: RequestTally;
  readonly checks?: CheckDurations;
};

// The longest IPv6 text has 45 characters; a zone may follow. A proxy's header could be anything.
const longestAddress = 64;

/** The environment API: every declared route at the origin root, behind the door. It knows nothing of Next. */
export function createEnvironmentApi(options: EnvironmentApiOptions = {}): Hono<ApiEnv> {
  return assembleApi(options, passDoor);
}

/** How a request to a route is decided and answered. */
export type AnswerRoute = (parts: Dependencies, route: ScopedRoute, c: ApiContext) => Promise<Answer>;

/** The same app around any way to answer: ids, CORS, log lines, errors and last uses stay as they are. */
export function assembleApi(options: EnvironmentApiOptions, answerRoute: AnswerRoute): Hono<ApiEnv> {
  const { front, door } = openParts(options);
  const app = new Hono<ApiEnv>({ strict: false });
  // Every handler is whole by itself: where Hono finds one alone, it composes no middleware.
  for (const route of options.routes ?? allRoutes) {
    const answer = inFront(front, route, (c) => answerRoute(door, route, c));
    for (const path of [route.path, ...route.aliases]) {
      if (route.method === anyMethod) app.all(path.replace(/\{\w+\}$/, "*"), answer);
      else app.on(route.method, path.replaceAll(/\{(\w+)\}/g, ":$1"), answer);
    }
  }
  const document = jsonAnswer(200, openApiDocument());
  app.get(
    documentPath,
    inFront(front, null, () => document),
  );
  app.notFound(inFront(front, null, () => refusal(noSuchEndpoint)));
  return app;
}

function openParts(options: EnvironmentApiOptions): {
  readonly front: FrontParts;
  readonly door: Dependencies;
} {
  const db = options.db ?? database();
  const log = options.log ?? processLog();
  const tellAddress = options.addressOf ?? remoteAddress;
  const addressOf = (c: ApiContext) => tellAddress(c)?.slice(0, longestAddress) ?? null;
  const usage = options.usage ?? recordUsage(db, log);
  const runner = options.functionRunner ?? functionRunner;
  const actions = actionWorker({ db, functionRunner: runner, log });
  actions.start();
  const door = {
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
    checks: options.checks ?? checkDurations(),
  };
  return { front: { log, usage, addressOf, tally: options.tally ?? requestTally() }, door };
}
