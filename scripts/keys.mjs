import { exitWithError, loadTypeScript } from "./load-typescript.mjs";
import { root } from "./root.mjs";
import { ensureDependencies } from "./setup.mjs";

process.chdir(root);
const installed = ensureDependencies();
if (!installed.ok) exitWithError(installed.error);
await loadTypeScript();
const { printOutcome, runCommand } = await import("../lib/server/command-line/command");
const { keysCommands } = await import("../lib/server/command-line/keys");
printOutcome(await runCommand(keysCommands, process.argv.slice(2)));
