import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { openKnownKeys } from "../api-keys/known-keys";
import { recordUsage } from "../api-keys/usage-recording";
import { database } from "../db/client";
import { settings } from "../env";
import type { ApiEnv } from "../environment-api/api-context";
import { createEnvironmentApi, type EnvironmentApiOptions } from "../environment-api/app";
import { checkDurations } from "../environment-api/check-durations";
import { requestTally } from "../environment-api/request-tally";
import { log } from "../log";
import type { MetricSources } from "../metrics/sources";
import { systemOutbound } from "../net/outbound";
import type { Signals } from "../signals/signals";
import { clientAddress } from "./client-address";
import type { Handler } from "./listener";
import { firstSegment } from "./paths";
import { publicOrigin } from "./public-origin";

export type NodeApi = {
  readonly handle: Handler;
  /** First path segments of the routes that it declares. */
  readonly segments: ReadonlySet<string>;
};

export type Api = NodeApi & {
  readonly metricSources: Omit<MetricSources, "isCurrent" | "streams">;
  readonly close: () => Promise<void>;
};

/** The environment API as this process serves it; `signals` tell of changed keys. */
export function openApi(signals: Signals): Api {
  const keys = openKnownKeys(settings().databaseUrl, signals);
  const usage = recordUsage(database(), log());
  signals.letBeatsRide(usage.carry);
  const tally = requestTally();
  const checks = checkDurations();
  const app = createEnvironmentApi({ ...servedOptions(), lookup: keys.lookup, usage, tally, checks });
  const metricSources = {
    requests: tally.stats,
    checks: checks.stats,
    keys: keys.stats,
    usage: usage.stats,
  };
  return { ...overNode(app), metricSources, close: keys.close };
}

/** What the API needs to know of the server around it. */
export function servedOptions(): EnvironmentApiOptions {
  return {
    addressOf: ({ env: { incoming } }) =>
      incoming === undefined ? null : clientAddress(incoming, settings().trustProxy),
    outbound: systemOutbound(settings().proxyAllowPrivate),
    originOf: (context) => publicOrigin((name) => context.req.header(name), settings().url),
    sharedApps: settings().sharedApps,
  };
}

/** An app as a plain Node handler. */
export function overNode(app: Hono<ApiEnv>): NodeApi {
  const segments = app.routes
    .map(({ path }) => firstSegment(path))
    .filter((segment) => !/^$|[*:]/.test(segment));
  // In development Next shares this thread and has its own Request and Response: the globals stay as they are.
  return {
    handle: getRequestListener(app.fetch, { overrideGlobalObjects: false }),
    segments: new Set(segments),
  };
}
