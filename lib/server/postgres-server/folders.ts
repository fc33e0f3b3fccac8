import { randomBytes } from "node:crypto";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type Binaries, binariesIn } from "./binaries";
import { type RunAs, runProgram } from "./run-program";

/**
 * Used when the data folder or node_modules is below a home folder that PostgreSQL's system user cannot
 * enter, such as /root.
 */
const sharedFolder = "/var/lib/latchkey";

/**
 * Returns binaries that PostgreSQL's system user can run: those in node_modules or, if the user cannot enter
 * that folder, a copy in `sharedFolder`. The copy is made once. The error is a message for the operator.
 */
export async function ensureRunnableBinaries(
  installed: Binaries,
  runAs: RunAs,
): Promise<Result<Binaries, string>> {
  const inPlace = await runProgram(installed.postgres, ["--version"], runAs);
  if (inPlace.code === 0) return ok(installed);
  const reason = firstLine(inPlace.output);
  const message = `The embedded PostgreSQL does not run on this system (${reason}): set DATABASE_URL.`;
  if (runAs === null) return fail(message);
  const version = await runProgram(installed.postgres, ["--version"], null);
  const number = /\d+(\.\d+)*/.exec(version.output)?.[0];
  if (version.code !== 0 || number === undefined) return fail(message);
  const copy = path.join(sharedFolder, `postgresql-${number}-${process.platform}-${process.arch}`);
  if (!existsSync(copy)) {
    // Copied under a temporary name and then renamed, so that an incomplete copy is never used.
    const partial = `${copy}.${process.pid}`;
    mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
    cpSync(installed.home, partial, { recursive: true, verbatimSymlinks: true });
    moveInto(partial, copy);
  }
  const binaries = binariesIn(copy);
  const copied = await runProgram(binaries.postgres, ["--version"], runAs);
  return copied.code === 0 ? ok(binaries) : fail(message);
}

/**
 * Returns the folder for the database. Creates it, owned by PostgreSQL's system user. It is `postgres` in the
 * data folder or, if that user cannot reach it, a folder in `sharedFolder`. The path of the latter is stored
 * in the data folder, in the file `postgres-location`.
 */
export async function ensurePostgresFolder(dataFolder: string, runAs: RunAs): Promise<string> {
  const locationFile = path.join(dataFolder, "postgres-location");
  if (existsSync(locationFile)) return ensureOwnedFolder(readFileSync(locationFile, "utf8").trim(), runAs);
  const local = ensureOwnedFolder(path.join(dataFolder, "postgres"), runAs);
  if (runAs === null || (await runProgram("test", ["-w", local, "-a", "-x", local], runAs)).code === 0)
    return local;
  const name = `${path.basename(path.dirname(dataFolder))}-${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(locationFile, `${path.join(sharedFolder, name)}\n`, { flag: "wx" });
  } catch (error) {
    // A concurrent start has written the file first. Its path is used.
    if (!existsSync(locationFile)) throw error;
  }
  rmSync(local, { recursive: true });
  return ensureOwnedFolder(readFileSync(locationFile, "utf8").trim(), runAs);
}

/**
 * Moves a complete folder to its final path. If a concurrent process has created that path first, deletes the
 * folder instead.
 */
export function moveInto(complete: string, final: string): void {
  try {
    renameSync(complete, final);
  } catch (error) {
    if (!existsSync(final)) throw error;
    rmSync(complete, { recursive: true });
  }
}

function ensureOwnedFolder(folder: string, runAs: RunAs): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (runAs !== null) chownSync(folder, runAs.uid, runAs.gid);
  return folder;
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
