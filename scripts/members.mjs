import { loadServer } from "./compiled-server.mjs";
import { exitWithError } from "./messages.mjs";
import { root } from "./root.mjs";
import { ensureServer } from "./setup.mjs";

process.chdir(root);
const prepared = ensureServer({ withDashboard: false });
if (!prepared.ok) exitWithError(prepared.error);
const { printOutcome, runCommand } = await loadServer("command");
const { membersCommands } = await loadServer("members");
const { readPassword } = await loadServer("password-input");
printOutcome(await runCommand(membersCommands(readPassword), process.argv.slice(2)));
