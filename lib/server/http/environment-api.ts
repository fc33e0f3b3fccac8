import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { openCachedKeyLookup } from "@/lib/access/authentication/cached-lookup";
import { openUsageRecorder } from "@/lib/access/key-usage/open-usage-recorder";
import { createEnvironmentApi, type EnvironmentApiOptions } from "@/lib/environment-api/app";
import type { ApiEnv } from "@/lib/environment-api/pipeline/api-context";
import { createAuthDurations } from "@/lib/environment-api/pipeline/auth-durations";
import { createRequestCounters } from "@/lib/environment-api/pipeline/request-counters";
import { database } from "@/lib/infrastructure/db/client";
import type { Pooler } from "@/lib/infrastructure/db/detect-pooler";
import { log } from "@/lib/infrastructure/log/log";
import { createOutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { publicOrigin } from "@/lib/infrastructure/net/public-origin";
import type { NotificationListener } from "@/lib/infrastructure/notifications/notification-listener";
import { settings } from "@/lib/infrastructure/settings/settings";
import type { MetricSources } from "@/lib/server/metrics/metric-sources";
import { clientAddress } from "./client-address";
import { firstSegment } from "./destination";
import type { Handler } from "./request-listener";

/** The environment API as a request handler for Node's HTTP server. */
export type NodeApi = {
  readonly handle: Handler;
  /** First path segments of the routes that the API declares. */
  readonly segments: ReadonlySet<string>;
};

export type ServedApi = NodeApi & {
  readonly metricSources: Omit<
    MetricSources,
    "isNotificationLeaseHeld" | "openStreamCount" | "dashboardRestarts"
  >;
  readonly close: () => Promise<void>;
};

/**
 * Opens the environment API with a key cache and a usage recorder. Notifications of changed keys remove them
 * from the cache. Key look-ups are prepared statements only without a pooler.
 */
export function openEnvironmentApi(notifications: NotificationListener, pooler: Pooler): ServedApi {
  const prepare = pooler === "none";
  const keys = openCachedKeyLookup(settings().databaseUrl, notifications, { prepare });
  const usage = openUsageRecorder(database(), log());
  notifications.setHeartbeatPiggyback(usage.trySendWithWrite);
  const counters = createRequestCounters();
  const durations = createAuthDurations();
  const app = createEnvironmentApi({
    ...serverApiOptions(),
    lookup: keys.lookup,
    usage,
    requestCounters: counters,
    authDurations: durations,
  });
  const metricSources = {
    requests: counters.stats,
    authDurations: durations.stats,
    keyCache: keys.stats,
    usage: usage.stats,
  };
  return { ...toNodeApi(app), metricSources, close: keys.close };
}

/** Returns the options of the API that depend on the server's settings. */
export function serverApiOptions(): EnvironmentApiOptions {
  return {
    clientAddressOf: ({ env: { incoming } }) =>
      incoming === undefined ? null : clientAddress(incoming, settings().trustProxy),
    outbound: createOutboundPolicy(settings().proxyAllowPrivate),
    originOf: (context) => publicOrigin((name) => context.req.header(name), settings().publicUrl),
    sharedApps: settings().sharedApps,
  };
}

/** Converts a Hono app to a Node request handler. */
export function toNodeApi(app: Hono<ApiEnv>): NodeApi {
  const segments = app.routes
    .map(({ path }) => firstSegment(path))
    .filter((segment) => !/^$|[*:]/.test(segment));
  // The global Request and Response are not replaced, because in development Next runs in this thread and
  // needs its own.
  return {
    handle: getRequestListener(app.fetch, { overrideGlobalObjects: false }),
    segments: new Set(segments),
  };
}
