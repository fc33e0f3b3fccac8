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
 * Opens the folder of the embedded default, making it and its secrets (mode 0600) where they are missing. The failure
 * is a sentence.
 */
export function openDataFolder(folder: string): Result<GeneratedSecrets, string> {
  try {
    // Others may pass through, not look: PostgreSQL's own user must when root starts it.
    mkdirSync(folder, { recursive: true, mode: process.geteuid?.() === 0 ? 0o711 : 0o700 });
    return ok({
      masterKey: readOrCreate(path.join(folder, "master-key"), () => randomBytes(32).toString("base64")),
      authSecret: readOrCreate(path.join(folder, "auth-secret"), () => randomBytes(32).toString("base64url")),
    });
  } catch (error) {
    const reason = describeFileError(error);
    if (reason === null) throw error;
    return fail(
      `The data folder ${folder} cannot be written (${reason}): change that or set LATCHKEY_DATA_DIR.`,
    );
  }
}

/** The content of a file, made once: of several processes that start at once, all read what the first wrote. */
function readOrCreate(file: string, make: () => string): string {
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${make()}\n`, { mode: 0o600 });
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
