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
import { type Dashboard, openDashboard, publicFileNames } from "@/lib/server/dashboard-worker/dashboard";
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
import { createMetrics } from "@/lib/server/metrics/metrics";
import { setAuthOrigin } from "./auth-origin";
import { type DrainState, drainOnStop } from "./drain";
import { killProcess, killProcessAfter } from "./kill-process";
import { formatStartBanner } from "./start-banner";
import { watchStopSignals } from "./stop-signals";

/**
 * Milliseconds that running requests have to finish. Short in development, where every open page has a
 * WebSocket that never ends.
 */
const gracePeriodMs = { production: 5000, dev: 300 };

/** Milliseconds from the end of draining until a process that has not ended is killed. */
const shutdownTimeoutMs = 30_000;

export type StartOptions = {
  /** The folder that holds package.json. */
  readonly root: string;
  readonly dev: boolean;
  /** Builds the dashboard if its build is missing or outdated. The error is a message for the operator. */
  readonly build: () => Result<null, string>;
};

/**
 * Opens the installation (settings and database) and runs the server until a stop is requested. Then waits
 * for load balancers to send requests elsewhere (drain), lets running requests finish, saves the usage of API
 * keys, and closes the dashboard, the API, the notification listener and the database. Kills the process when
 * that does not finish. The error is a message for the operator. After an error too, everything that was started has been stopped when this returns.
 */
export async function start(options: StartOptions): Promise<Result<null, string>> {
  const stopSignals = watchStopSignals();
  const preflight = await runPreflightChecks(options);
  if (!preflight.ok) return preflight;
  const installation = await openInstallation();
  if (!installation.ok) return installation;
  const drain = drainOnStop(stopSignals, installation.value.settings.drainSeconds);
  const server = await startServing(installation.value, options, drain);
  if (server.ok) {
    await drain.completed;
    const finish = killProcessAfter(shutdownTimeoutMs, log());
    server.value.dashboard?.endStreams();
    await server.value.listening.close(options.dev ? gracePeriodMs.dev : gracePeriodMs.production);
    await flushUsage().catch((error: unknown) =>
      log().error({ err: error }, "failed to save API key usage, unsaved usage is lost"),
    );
    const isDashboardEnded = (await server.value.dashboard?.close()) ?? true;
    await server.value.api?.close();
    await server.value.notifications.close();
    await installation.value.close();
    finish();
    if (!isDashboardEnded) await killProcess(log(), "the dashboard did not end");
  } else {
    await installation.value.close();
  }
  return server.ok ? ok(null) : server;
}

/** Checks the settings and the port, and builds the dashboard if needed, before the database is opened. */
async function runPreflightChecks({ build }: StartOptions): Promise<Result<null, string>> {
  const bootstrap = readBootstrapSettings();
  if (!bootstrap.ok) return bootstrap;
  const portError = await checkPort(bootstrap.value);
  if (portError !== null) return fail(portError);
  return bootstrap.value.servedParts === "api" ? ok(null) : build();
}

type RunningServer = {
  readonly listening: ListeningServer;
  readonly notifications: NotificationListener;
  readonly api: ServedApi | null;
  readonly dashboard: Dashboard | null;
};

async function startServing(
  { settings, db, dataLocation, pooler, canListen }: Installation,
  { root, dev }: StartOptions,
  { isDraining }: DrainState,
): Promise<Result<RunningServer, string>> {
  setAuthOrigin(settings.publicUrl);
  const notifications = openNotificationListener(settings.databaseDirectUrl ?? settings.databaseUrl, {
    canListen,
  });
  notifications.subscribe({ onUnreachable: resetDatabasePool });
  const api = settings.servedParts === "dashboard" ? null : openEnvironmentApi(notifications, pooler);
  const dashboard =
    settings.servedParts === "api" ? null : await openDashboardForMode(root, dev, notifications);
  const firstAdmin = dashboard === null ? null : await ensureFirstAdmin(db, settings, new Date());
  const listening = await listen(
    settings,
    createRequestListener({
      api: api?.handle ?? null,
      dashboard: dashboard?.handle ?? null,
      servedSegments: { apiSegments: api?.segments ?? new Set(), publicFileNames: publicFileNames(root) },
      checkDatabase: () => pingDatabase(db),
      isDraining,
      metrics: createMetrics({
        ...emptyMetricSources,
        ...api?.metricSources,
        isNotificationLeaseHeld: notifications.isLeaseHeld,
        openStreamCount: () => dashboard?.openStreamCount() ?? 0,
        dashboardRestarts: () => dashboard?.restartCount() ?? 0,
      }),
      metricsToken: settings.metricsToken,
      trustProxy: settings.trustProxy,
      log: log(),
    }),
    settings,
  );
  if (!listening.ok) {
    await dashboard?.close();
    await api?.close();
    await notifications.close();
    return listening;
  }
  startUsageRetention({ db, log: log(), retentionDays: settings.usageRetentionDays });
  process.stdout.write(formatStartBanner({ settings, dataLocation, pooler, canListen, firstAdmin }));
  return ok({ listening: listening.value, notifications, api, dashboard });
}

/**
 * In production the dashboard runs in a worker thread. In development it runs in the main thread, because
 * Next's WebSocket for hot reloading must be on this HTTP server.
 */
function openDashboardForMode(
  root: string,
  dev: boolean,
  notifications: NotificationListener,
): Promise<Dashboard> {
  return dev
    ? openDashboard(root, { dev: true }, notifications)
    : openDashboardWorker({ root, notifications, log: log() });
}
