import { loadTypeScript } from "./load-typescript.mjs";
import { exitWithError } from "./messages.mjs";
import { root } from "./root.mjs";
import { ensureDependencies } from "./setup.mjs";

Object.assign(process.env, { NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" });
process.chdir(root);
const installed = ensureDependencies();
if (!installed.ok) exitWithError(installed.error);
await loadTypeScript();
const { start } = await import("../lib/server/process-lifecycle/start");
const ended = await start({ root, dev: true, build: () => ({ ok: true, value: null }) });
if (!ended.ok) exitWithError(ended.error);
process.exit(0);
