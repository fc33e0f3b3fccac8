import { loadServer } from "./compiled-server.mjs";
import { exitWithError } from "./messages.mjs";
import { root } from "./root.mjs";
import { ensureServer } from "./setup.mjs";

process.chdir(root);
const prepared = ensureServer({ withDashboard: false });
if (!prepared.ok) exitWithError(prepared.error);
const { printOutcome, runCommand } = await loadServer("command");
const { keysCommands } = await loadServer("keys");
printOutcome(await runCommand(keysCommands, process.argv.slice(2)));
