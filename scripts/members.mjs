import { fail, loadTypeScript } from "./load.mjs";
import { root } from "./root.mjs";
import { ensureDependencies } from "./setup.mjs";

process.chdir(root);
const installed = ensureDependencies();
if (!installed.ok) fail(installed.error);
await loadTypeScript();
const { report, runCommand } = await import("../lib/server/command-line/command");
const { membersCommands } = await import("../lib/server/command-line/members");
const { readPassword } = await import("../lib/server/command-line/password-input");
report(await runCommand(membersCommands(readPassword), process.argv.slice(2)));
