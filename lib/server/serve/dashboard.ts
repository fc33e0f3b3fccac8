import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { serveLive } from "@/lib/dashboard/live/serve-live";
import { database } from "@/lib/infrastructure/db/client";
import type { Hearing } from "@/lib/infrastructure/signals/signals";
import type { Handler } from "./listener";

export type Dashboard = {
  readonly handle: Handler;
  /** Event streams that are open. */
  readonly streams: () => number;
  /** Ends the event streams, which would otherwise never end, and opens no more. */
  readonly endStreams: () => void;
  readonly close: () => Promise<void>;
};

/** The pages, and what they are told of changes, in this thread. Loads Next, which the API alone never does. */
export async function openDashboard(root: string, dev: boolean, signals: Hearing): Promise<Dashboard> {
  const { default: next } = await import("next");
  const app = next({ dev, dir: root });
  await app.prepare();
  const live = serveLive(signals, database());
  return {
    handle: app.getRequestHandler(),
    streams: () => live.stats().streams,
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
