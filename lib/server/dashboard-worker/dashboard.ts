import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { openLiveHub } from "@/lib/dashboard/live/open-live-hub";
import { database } from "@/lib/infrastructure/db/client";
import type { NotificationSource } from "@/lib/infrastructure/notifications/notifications";
import type { Handler } from "@/lib/server/http/request-listener";

export type Dashboard = {
  readonly handle: Handler;
  /** Event streams that are open. */
  readonly openStreamCount: () => number;
  /** Ends the event streams, which would otherwise never end, and opens no more. */
  readonly endStreams: () => void;
  readonly close: () => Promise<void>;
};

/** The pages, and what they are told of changes, in this thread. Loads Next, which the API alone never does. */
export async function openDashboard(
  root: string,
  dev: boolean,
  signals: NotificationSource,
): Promise<Dashboard> {
  const { default: next } = await import("next");
  const app = next({ dev, dir: root });
  await app.prepare();
  const live = openLiveHub(signals, database());
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

/** Names that the dashboard serves at the origin root because they are in `public/`. */
export function publicNames(root: string): ReadonlySet<string> {
  const folder = path.join(root, "public");
  return new Set(existsSync(folder) ? readdirSync(folder) : []);
}
