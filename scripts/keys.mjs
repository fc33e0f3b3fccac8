import { fail, loadTypeScript } from "./load.mjs";
import { root } from "./root.mjs";
import { ensureDependencies } from "./setup.mjs";

process.chdir(root);
const installed = ensureDependencies();
if (!installed.ok) fail(installed.error);
await loadTypeScript();
const { report, runCommand } = await import("../lib/server/command-line/command");
const { keysCommands } = await import("../lib/server/command-line/keys");
report(await runCommand(keysCommands, process.argv.slice(2)));
