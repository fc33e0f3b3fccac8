import { isDatabaseUnreachable } from "@/lib/infrastructure/db/database-unreachable";
import { type Installation, openInstallation } from "@/lib/server/installation/open-installation";
import { done, failed, type Outcome, usageError } from "./outcome";

/** A command whose words have been read and found right: what is left is to do it. */
export type Command = (installation: Installation) => Promise<Outcome>;

export type CommandSet = {
  readonly usage: string;
  readonly commands: Readonly<Record<string, (words: readonly string[]) => Command | Outcome>>;
};

/**
 * Runs one command of a set on the same installation as the server, which may be running. What was typed wrongly is
 * told before the database is touched.
 */
export async function runCommand(
  { usage, commands }: CommandSet,
  words: readonly string[],
): Promise<Outcome> {
  const [name = "", ...rest] = words;
  if (name === "help" || words.includes("--help")) return done(usage);
  const read = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (read === undefined) {
    return usageError(
      name === "" ? "Say what to do." : `There is no command ${JSON.stringify(name)}.`,
      usage,
    );
  }
  const command = read(rest);
  if (typeof command !== "function") return command;
  const installation = await openInstallation();
  if (!installation.ok) return failed(installation.error);
  try {
    return await command(installation.value);
  } catch (error) {
    if (!isDatabaseUnreachable(error)) throw error;
    return failed("The database went away before this was done: try again.");
  } finally {
    await installation.value.close();
  }
}

/** Prints what a command leaves behind and sets the exit code. */
export function printOutcome(outcome: Outcome): void {
  if (outcome.code === 0) process.stdout.write(outcome.stdout);
  else process.stderr.write(outcome.stderr);
  process.exitCode = outcome.code;
}
