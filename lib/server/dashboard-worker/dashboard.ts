import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { openLiveHub } from "@/lib/dashboard/live/open-live-hub";
import { database } from "@/lib/infrastructure/db/client";
import type { NotificationSource } from "@/lib/infrastructure/notifications/notification-listener";
import type { Handler } from "@/lib/server/http/request-listener";

export type Dashboard = {
  readonly handle: Handler;
  /** Number of open event streams. */
  readonly openStreamCount: () => number;
  /** How often it ended and was started again. */
  readonly restartCount: () => number;
  /** Ends the event streams, which would otherwise run for minutes, and opens no new ones. */
  readonly endStreams: () => void;
  /** Resolves to false when it cannot be ended: the process must be killed then. */
  readonly close: () => Promise<boolean>;
};

/**
 * Opens the dashboard in this thread: its pages and their live updates. Imports Next only here, because a
 * process that serves only the API does not need it.
 */
export async function openDashboard(
  root: string,
  { dev }: { readonly dev: boolean },
  notifications: NotificationSource,
): Promise<Dashboard> {
  const { default: next } = await import("next");
  const app = next({ dev, dir: root });
  await app.prepare();
  const live = openLiveHub(notifications, database());
  return {
    handle: app.getRequestHandler(),
    openStreamCount: () => live.stats().streams,
    restartCount: () => 0,
    endStreams: live.close,
    close: async () => {
      live.close();
      await app.close();
      return true;
    },
  };
}

/** Lists the files and folders in `public/`, which the dashboard serves at the origin root. */
export function publicFileNames(root: string): ReadonlySet<string> {
  const folder = path.join(root, "public");
  return new Set(existsSync(folder) ? readdirSync(folder) : []);
}
