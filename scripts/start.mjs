import { loadServer } from "./compiled-server.mjs";
import { exitWithError } from "./messages.mjs";
import { root } from "./root.mjs";
import { ensureDashboardBuild, ensureServer } from "./setup.mjs";

Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
process.chdir(root);
const prepared = ensureServer({ withDashboard: process.env.LATCHKEY_SERVE !== "api" });
if (!prepared.ok) exitWithError(prepared.error);
const { start } = await loadServer("start");
const ended = await start({ root, dev: false, build: ensureDashboardBuild });
if (!ended.ok) exitWithError(ended.error);
process.exit(0);
