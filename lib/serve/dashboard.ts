import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Handler } from "./listener";

export type Dashboard = { readonly handle: Handler; readonly close: () => Promise<void> };

/** Loads Next, which a process that serves the API alone never does, and returns its handler. */
export async function openDashboard(root: string, dev: boolean): Promise<Dashboard> {
  const { default: next } = await import("next");
  const app = next({ dev, dir: root });
  await app.prepare();
  return { handle: app.getRequestHandler(), close: () => app.close() };
}

/** Names that the dashboard serves at the origin root because they are in `public/`. */
export function publicNames(root: string): ReadonlySet<string> {
  const folder = path.join(root, "public");
  return new Set(existsSync(folder) ? readdirSync(folder) : []);
}
