import { flushUsage } from "@/lib/access/key-usage/usage-recorder";
import { startUsageRetention } from "@/lib/access/key-usage/usage-retention";
import { ensureFirstAdmin } from "@/lib/access/members/first-admin";
import { resetDatabasePool } from "@/lib/infrastructure/db/client";
import { pingDatabase } from "@/lib/infrastructure/db/ping";
import { log } from "@/lib/infrastructure/log/log";
import { type Notifications, openNotifications } from "@/lib/infrastructure/notifications/notifications";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type Dashboard, openDashboard, publicNames } from "@/lib/server/dashboard-worker/dashboard";
import { openDashboardWorker } from "@/lib/server/dashboard-worker/dashboard-worker";
import { openEnvironmentApi, type ServedApi } from "@/lib/server/http/environment-api";
import { checkPort, type ListeningServer, listen } from "@/lib/server/http/http-server";
import { createRequestListener } from "@/lib/server/http/request-listener";
import {
  earlySettings,
  type Installation,
  openInstallation,
} from "@/lib/server/installation/open-installation";
import { emptyMetricSources } from "@/lib/server/metrics/metric-sources";
import { openMetrics } from "@/lib/server/metrics/metrics";
import { setAuthOrigin } from "./auth-origin";
import { type Drain, openDrain } from "./drain";
import { formatStartBanner } from "./start-banner";
import { stopSignals } from "./stop-signals";

/** Milliseconds that requests under way get to finish. In development open pages hold a web socket that never ends. */
const gracePeriodMs = { production: 5000, dev: 300 };

export type StartOptions = {
  /** The folder of package.json. */
  readonly root: string;
  readonly dev: boolean;
  /** Makes the dashboard's build when it is missing or stale; the failure is a sentence. */
  readonly build: () => Result<null, string>;
};

/**
 * Serves until somebody wants it to end, then leaves everything in order. A failure is a message for people, and
 * nothing of ours runs any more.
 */
export async function start(options: StartOptions): Promise<Result<null, string>> {
  const stop = stopSignals();
  const ready = await checkEarly(options);
  if (!ready.ok) return ready;
  const installation = await openInstallation();
  if (!installation.ok) return installation;
  const drain = openDrain(stop, installation.value.settings.drainSeconds);
  const served = await serve(installation.value, options, drain);
  if (served.ok) {
    await drain.completed;
    served.value.dashboard?.endStreams();
    await served.value.listening.close(options.dev ? gracePeriodMs.dev : gracePeriodMs.production);
    await flushUsage().catch((error: unknown) => log().error({ err: error }, "last use not written"));
    await served.value.dashboard?.close();
    await served.value.api?.close();
    await served.value.notifications.close();
  }
  await installation.value.close();
  return served.ok ? ok(null) : served;
}

/** What can be told before the database is touched: wrong settings, a taken port, a build that fails. */
async function checkEarly({ build }: StartOptions): Promise<Result<null, string>> {
  const early = earlySettings();
  if (!early.ok) return early;
  const taken = await checkPort(early.value);
  if (taken !== null) return fail(taken);
  return early.value.serve === "api" ? ok(null) : build();
}

type Served = {
  readonly listening: ListeningServer;
  readonly notifications: Notifications;
  readonly api: ServedApi | null;
  readonly dashboard: Dashboard | null;
};

async function serve(
  { settings, db, dataLocation }: Installation,
  { root, dev }: StartOptions,
  { isDraining }: Drain,
): Promise<Result<Served, string>> {
  setAuthOrigin(settings.publicUrl);
  const signals = openNotifications(settings.databaseUrl);
  signals.subscribe({ onUnreachable: resetDatabasePool });
  const api = settings.serve === "dashboard" ? null : openEnvironmentApi(signals);
  const dashboard = settings.serve === "api" ? null : await openDashboardFor(root, dev, signals);
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
        isLeaseHeld: signals.isLeaseHeld,
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
    await signals.close();
    return listening;
  }
  startUsageRetention({ db, log: log(), retentionDays: settings.usageRetentionDays });
  process.stdout.write(formatStartBanner({ settings, dataLocation, firstAdmin }));
  return ok({ listening: listening.value, notifications: signals, api, dashboard });
}

/** Development's reloading needs Next's web socket on this server, and is not in a hurry. */
function openDashboardFor(root: string, dev: boolean, signals: Notifications): Promise<Dashboard> {
  return dev ? openDashboard(root, true, signals) : openDashboardWorker(root, signals);
}
