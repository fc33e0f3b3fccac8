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
  /** Ends the event streams, which have no end of their own, and accepts no new ones. */
  readonly endStreams: () => void;
  readonly close: () => Promise<void>;
};

/**
 * Opens the dashboard in this thread: its pages and their live updates. Loads Next, which a process that
 * serves only the API does not need.
 */
export async function openDashboard(
  root: string,
  dev: boolean,
  notifications: NotificationSource,
): Promise<Dashboard> {
  const { default: next } = await import("next");
  const app = next({ dev, dir: root });
  await app.prepare();
  const live = openLiveHub(notifications, database());
  return {
    handle: app.getRequestHandler(),
    openStreamCount: () => live.stats().streams,
    endStreams: live.close,
    close: async () => {
      live.close();
      await app.close();
    },
  };
}

/** Lists the names in `public/`, which the dashboard serves at the origin root. */
export function publicNames(root: string): ReadonlySet<string> {
  const folder = path.join(root, "public");
  return new Set(existsSync(folder) ? readdirSync(folder) : []);
}
