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

/** Where things go that PostgreSQL's own user must reach when the clone is below a closed home folder like /root. */
const sharedFolder = "/var/lib/latchkey";

/**
 * The binaries as the user of PostgreSQL can run them: those of node_modules, or a copy made once in a place open to
 * all. Fails with a sentence when they run in neither.
 */
export async function ensureRunnableBinaries(
  installed: Binaries,
  as: RunAs,
): Promise<Result<Binaries, string>> {
  const here = await runProgram(installed.postgres, ["--version"], as);
  if (here.code === 0) return ok(installed);
  const broken = `The installed PostgreSQL does not run on this system (${firstLine(here.output)}): set DATABASE_URL.`;
  if (as === null) return fail(broken);
  const version = await runProgram(installed.postgres, ["--version"], null);
  const number = /\d+(\.\d+)*/.exec(version.output)?.[0];
  if (version.code !== 0 || number === undefined) return fail(broken);
  const copy = path.join(sharedFolder, `postgresql-${number}-${process.platform}-${process.arch}`);
  if (!existsSync(copy)) {
    // Copied beside and renamed, so that a start that was cut short leaves no half of it behind.
    const half = `${copy}.${process.pid}`;
    mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
    cpSync(installed.home, half, { recursive: true, verbatimSymlinks: true });
    moveInto(half, copy);
  }
  const binaries = binariesIn(copy);
  const there = await runProgram(binaries.postgres, ["--version"], as);
  return there.code === 0 ? ok(binaries) : fail(broken);
}

/**
 * The folder for the database: `postgres` in the data folder, or, when PostgreSQL's user cannot reach that, one in a
 * common place whose name the data folder remembers. It exists and belongs to that user afterwards.
 */
export async function ensurePostgresFolder(dataFolder: string, as: RunAs): Promise<string> {
  const record = path.join(dataFolder, "postgres-location");
  if (existsSync(record)) return ensureOwnedFolder(readFileSync(record, "utf8").trim(), as);
  const near = ensureOwnedFolder(path.join(dataFolder, "postgres"), as);
  if (as === null || (await runProgram("test", ["-w", near, "-a", "-x", near], as)).code === 0) return near;
  const name = `${path.basename(path.dirname(dataFolder))}-${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(record, `${path.join(sharedFolder, name)}\n`, { flag: "wx" });
  } catch (error) {
    // A start beside this one was faster: its choice counts.
    if (!existsSync(record)) throw error;
  }
  rmSync(near, { recursive: true });
  return ensureOwnedFolder(readFileSync(record, "utf8").trim(), as);
}

/** Gives a finished folder its final name; where that exists already, the one of a faster process stays. */
export function moveInto(made: string, final: string): void {
  try {
    renameSync(made, final);
  } catch (error) {
    if (!existsSync(final)) throw error;
    rmSync(made, { recursive: true });
  }
}

function ensureOwnedFolder(folder: string, as: RunAs): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (as !== null) chownSync(folder, as.uid, as.gid);
  return folder;
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
