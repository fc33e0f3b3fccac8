import { flushUsage } from "@/lib/access/key-usage/usage";
import { startUsageRetention } from "@/lib/access/key-usage/usage-retention";
import { prepareFirstAdmin } from "@/lib/access/members/first-admin";
import { databaseAnswers } from "@/lib/infrastructure/db/answers";
import { renewDatabase } from "@/lib/infrastructure/db/client";
import { log } from "@/lib/infrastructure/log/log";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { openSignals, type Signals } from "@/lib/infrastructure/signals/signals";
import { earlySettings, type Installation, openInstallation } from "@/lib/server/installation/open";
import { openMetrics } from "@/lib/server/metrics/metrics";
import { noSources } from "@/lib/server/metrics/sources";
import { type Api, openApi } from "./api";
import { setAuthOrigin } from "./auth-origin";
import { type Dashboard, openDashboard, publicNames } from "./dashboard";
import { openDashboardThread } from "./dashboard-thread";
import { type Drain, openDrain } from "./drain";
import { type Listening, listen, portFailure } from "./http-server";
import { createListener } from "./listener";
import { startBlock } from "./start-block";
import { stopSignals } from "./stop-signal";

/** Milliseconds that requests under way get to finish. In development open pages hold a web socket that never ends. */
const farewell = { production: 5000, dev: 300 };

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
    await drain.over;
    served.value.dashboard?.endStreams();
    await served.value.listening.close(options.dev ? farewell.dev : farewell.production);
    await flushUsage().catch((error: unknown) => log().error({ err: error }, "last use not written"));
    await served.value.dashboard?.close();
    await served.value.api?.close();
    await served.value.signals.close();
  }
  await installation.value.leave();
  return served.ok ? ok(null) : served;
}

/** What can be told before the database is touched: wrong settings, a taken port, a build that fails. */
async function checkEarly({ build }: StartOptions): Promise<Result<null, string>> {
  const early = earlySettings();
  if (!early.ok) return early;
  const taken = await portFailure(early.value);
  if (taken !== null) return fail(taken);
  return early.value.serve === "api" ? ok(null) : build();
}

type Served = {
  readonly listening: Listening;
  readonly signals: Signals;
  readonly api: Api | null;
  readonly dashboard: Dashboard | null;
};

async function serve(
  { settings, db, where }: Installation,
  { root, dev }: StartOptions,
  { isDraining }: Drain,
): Promise<Result<Served, string>> {
  setAuthOrigin(settings.url);
  const signals = openSignals(settings.databaseUrl);
  signals.listen({ onUnreachable: renewDatabase });
  const api = settings.serve === "dashboard" ? null : openApi(signals);
  const dashboard = settings.serve === "api" ? null : await openPages(root, dev, signals);
  const firstAdmin = dashboard === null ? null : await prepareFirstAdmin(db, settings, new Date());
  const listening = await listen(
    settings,
    createListener({
      api: api?.handle ?? null,
      dashboard: dashboard?.handle ?? null,
      addresses: { apiSegments: api?.segments ?? new Set(), publicNames: publicNames(root) },
      isReady: () => databaseAnswers(db),
      isDraining,
      metrics: openMetrics({
        ...noSources,
        ...api?.metricSources,
        isCurrent: signals.isCurrent,
        streams: () => dashboard?.streams() ?? 0,
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
  startUsageRetention({ db, log: log(), days: settings.usageRetentionDays });
  process.stdout.write(startBlock({ settings, where, firstAdmin }));
  return ok({ listening: listening.value, signals, api, dashboard });
}

/** Development's reloading needs Next's web socket on this server, and is not in a hurry. */
function openPages(root: string, dev: boolean, signals: Signals): Promise<Dashboard> {
  return dev ? openDashboard(root, true, signals) : openDashboardThread(root, signals);
}
