import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { describeFileError } from "./describe-file-error";

export type GeneratedSecrets = {
  /** 32 bytes in base64. */
  readonly masterKey: string;
  readonly authSecret: string;
};

/**
 * Opens the data folder of an installation with an embedded database. Creates the folder and its secrets
 * (mode 0600) when they are missing. The error is a sentence for people.
 */
export function openDataFolder(folder: string): Result<GeneratedSecrets, string> {
  try {
    // 0711 under root: the system user that PostgreSQL runs as must be able to traverse the folder, not list
    // it.
    mkdirSync(folder, { recursive: true, mode: process.geteuid?.() === 0 ? 0o711 : 0o700 });
    return ok({
      masterKey: readOrCreate(path.join(folder, "master-key"), () => randomBytes(32).toString("base64")),
      authSecret: readOrCreate(path.join(folder, "auth-secret"), () => randomBytes(32).toString("base64url")),
    });
  } catch (error) {
    const reason = describeFileError(error);
    if (reason === null) throw error;
    return fail(
      `The data folder ${folder} cannot be written (${reason}): ` +
        "fix this, or set LATCHKEY_DATA_DIR to another folder.",
    );
  }
}

/**
 * Reads a file, creating it first when it is missing. Processes that do this concurrently all read the same
 * content.
 */
function readOrCreate(file: string, create: () => string): string {
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${create()}\n`, { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(draft);
    }
  }
  return readFileSync(file, "utf8").trim();
}
