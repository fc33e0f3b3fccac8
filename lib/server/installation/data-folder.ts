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
 * Reads the secrets in the data folder of an installation with an embedded database. Creates the folder and
 * the secrets (mode 0600) if they are missing. The error is a message for the operator.
 */
export function openDataFolder(folder: string): Result<GeneratedSecrets, string> {
  try {
    // 0711 for root: the system user that PostgreSQL runs as must be able to enter the folder but not to list
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
 * Reads a file. Creates it first if it is missing. If several processes do this at the same time, all read
 * the same content: a link, unlike a write, fails if the file exists.
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
