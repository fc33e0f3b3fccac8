import { flushUsage } from "@/lib/access/key-usage/usage-recorder";
import { startUsageRetention } from "@/lib/access/key-usage/usage-retention";
import { ensureFirstAdmin } from "@/lib/access/members/first-admin";
import { resetDatabasePool } from "@/lib/infrastructure/db/client";
import { pingDatabase } from "@/lib/infrastructure/db/ping";
import { log } from "@/lib/infrastructure/log/log";
import {
  type NotificationListener,
  openNotificationListener,
} from "@/lib/infrastructure/notifications/notification-listener";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type Dashboard, openDashboard, publicNames } from "@/lib/server/dashboard-worker/dashboard";
import { openDashboardWorker } from "@/lib/server/dashboard-worker/dashboard-worker";
import { openEnvironmentApi, type ServedApi } from "@/lib/server/http/environment-api";
import { checkPort, type ListeningServer, listen } from "@/lib/server/http/http-server";
import { createRequestListener } from "@/lib/server/http/request-listener";
import {
  type Installation,
  openInstallation,
  readBootstrapSettings,
} from "@/lib/server/installation/open-installation";
import { emptyMetricSources } from "@/lib/server/metrics/metric-sources";
import { openMetrics } from "@/lib/server/metrics/metrics";
import { setAuthOrigin } from "./auth-origin";
import { type Drain, openDrain } from "./drain";
import { formatStartBanner } from "./start-banner";
import { watchStopSignals } from "./stop-signals";

/**
 * Milliseconds for requests in flight to finish. Short in development, where open pages hold a web socket
 * that never ends.
 */
const gracePeriodMs = { production: 5000, dev: 300 };

export type StartOptions = {
  /** The folder that holds package.json. */
  readonly root: string;
  readonly dev: boolean;
  /** Builds the dashboard when its build is missing or stale. The error is a sentence for people. */
  readonly build: () => Result<null, string>;
};

/**
 * Runs the server until a stop is requested, then shuts it down in order: drain, requests in flight, usage,
 * database. The error is a message for people; everything that was started has been stopped by then.
 */
export async function start(options: StartOptions): Promise<Result<null, string>> {
  const stop = watchStopSignals();
  const preflight = await runPreflightChecks(options);
  if (!preflight.ok) return preflight;
  const installation = await openInstallation();
  if (!installation.ok) return installation;
  const drain = openDrain(stop, installation.value.settings.drainSeconds);
  const server = await serve(installation.value, options, drain);
  if (server.ok) {
    await drain.completed;
    server.value.dashboard?.endStreams();
    await server.value.listening.close(options.dev ? gracePeriodMs.dev : gracePeriodMs.production);
    await flushUsage().catch((error: unknown) =>
      log().error({ err: error }, "usage flush failed, usage lost"),
    );
    await server.value.dashboard?.close();
    await server.value.api?.close();
    await server.value.notifications.close();
  }
  await installation.value.close();
  return server.ok ? ok(null) : server;
}

/** Checks the settings, the port and the build, before the database is opened. */
async function runPreflightChecks({ build }: StartOptions): Promise<Result<null, string>> {
  const bootstrap = readBootstrapSettings();
  if (!bootstrap.ok) return bootstrap;
  const portError = await checkPort(bootstrap.value);
  if (portError !== null) return fail(portError);
  return bootstrap.value.serve === "api" ? ok(null) : build();
}

type RunningServer = {
  readonly listening: ListeningServer;
  readonly notifications: NotificationListener;
  readonly api: ServedApi | null;
  readonly dashboard: Dashboard | null;
};

async function serve(
  { settings, db, dataLocation }: Installation,
  { root, dev }: StartOptions,
  { isDraining }: Drain,
): Promise<Result<RunningServer, string>> {
  setAuthOrigin(settings.publicUrl);
  const notifications = openNotificationListener(settings.databaseUrl);
  notifications.subscribe({ onUnreachable: resetDatabasePool });
  const api = settings.serve === "dashboard" ? null : openEnvironmentApi(notifications);
  const dashboard = settings.serve === "api" ? null : await openDashboardFor(root, dev, notifications);
  const firstAdmin = dashboard === null ? null : await ensureFirstAdmin(db, settings, new Date());
  const listening = await listen(
    settings,
    createRequestListener({
      api: api?.handle ?? null,
      dashboard: dashboard?.handle ?? null,
      declaredPaths: { apiSegments: api?.segments ?? new Set(), publicNames: publicNames(root) },
      isReady: () => pingDatabase(db),
      isDraining,
      metrics: openMetrics({
        ...emptyMetricSources,
        ...api?.metricSources,
        isLeaseHeld: notifications.isLeaseHeld,
        openStreamCount: () => dashboard?.openStreamCount() ?? 0,
      }),
      metricsToken: settings.metricsToken,
      trustProxy: settings.trustProxy,
      log: log(),
    }),
  );
  if (!listening.ok) {
    await dashboard?.close();
    await api?.close();
    await notifications.close();
    return listening;
  }
  startUsageRetention({ db, log: log(), retentionDays: settings.usageRetentionDays });
  process.stdout.write(formatStartBanner({ settings, dataLocation, firstAdmin }));
  return ok({ listening: listening.value, notifications, api, dashboard });
}

/**
 * Opens the dashboard in a worker thread or, in development, in this one: hot reloading needs Next's web
 * socket on this server, and speed does not matter there.
 */
function openDashboardFor(
  root: string,
  dev: boolean,
  notifications: NotificationListener,
): Promise<Dashboard> {
  return dev ? openDashboard(root, true, notifications) : openDashboardWorker(root, notifications);
}
