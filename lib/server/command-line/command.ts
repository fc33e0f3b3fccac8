import { isDatabaseReadOnly } from "@/lib/infrastructure/db/database-read-only";
import { isDatabaseUnreachable } from "@/lib/infrastructure/db/database-unreachable";
import { type Installation, openInstallation } from "@/lib/server/installation/open-installation";
import { done, failed, type Outcome, usageError } from "./outcome";

/** A command whose arguments have been parsed. Only the installation is still needed to run it. */
export type Command = (installation: Installation) => Promise<Outcome>;

export type CommandSet = {
  readonly usage: string;
  /**
   * Each function parses the arguments of its command. It returns the command, or the outcome of a usage
   * error.
   */
  readonly commands: Readonly<Record<string, (args: readonly string[]) => Command | Outcome>>;
};

/**
 * Runs one command of a set on the server's installation, also while the server is running. Reports usage
 * errors before it opens the database.
 */
export async function runCommand({ usage, commands }: CommandSet, args: readonly string[]): Promise<Outcome> {
  const [name = "", ...rest] = args;
  if (name === "help" || args.includes("--help")) return done(usage);
  const parse = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (parse === undefined) {
    return usageError(
      name === "" ? "A command is required." : `Unknown command ${JSON.stringify(name)}.`,
      usage,
    );
  }
  const command = parse(rest);
  if (typeof command !== "function") return command;
  const installation = await openInstallation();
  if (!installation.ok) return failed(installation.error);
  try {
    return await command(installation.value);
  } catch (error) {
    if (isDatabaseReadOnly(error))
      return failed("The database is read-only, so nothing was changed: try again.");
    if (!isDatabaseUnreachable(error)) throw error;
    return failed("The database became unreachable, so the command may not have completed: try again.");
  } finally {
    await installation.value.close();
  }
}

/** Prints the outcome of a command and sets the exit code. */
export function printOutcome(outcome: Outcome): void {
  if (outcome.code === 0) process.stdout.write(outcome.stdout);
  else process.stderr.write(outcome.stderr);
  process.exitCode = outcome.code;
}
