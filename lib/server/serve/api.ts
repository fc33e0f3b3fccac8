import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { openKnownKeys } from "@/lib/access/authentication/known-keys";
import { recordUsage } from "@/lib/access/key-usage/usage-recording";
import { createEnvironmentApi, type EnvironmentApiOptions } from "@/lib/environment-api/app";
import type { ApiEnv } from "@/lib/environment-api/pipeline/api-context";
import { checkDurations } from "@/lib/environment-api/pipeline/check-durations";
import { requestTally } from "@/lib/environment-api/pipeline/request-tally";
import { database } from "@/lib/infrastructure/db/client";
import { settings } from "@/lib/infrastructure/env/env";
import { log } from "@/lib/infrastructure/log/log";
import { systemOutbound } from "@/lib/infrastructure/net/outbound";
import { publicOrigin } from "@/lib/infrastructure/net/public-origin";
import type { Signals } from "@/lib/infrastructure/signals/signals";
import type { MetricSources } from "@/lib/server/metrics/sources";
import { clientAddress } from "./client-address";
import type { Handler } from "./listener";
import { firstSegment } from "./paths";

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
