import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type RunAs, runProgram } from "./run-program";

/**
 * PostgreSQL does not run as root: root starts it as `postgres`, or as `nobody` when that user is missing.
 */
const candidates = ["postgres", "nobody"];

/**
 * Chooses the system user for PostgreSQL: null, the current user, unless that is root. The error is a message
 * for the operator that root has none of the candidates.
 */
export async function chooseUser(): Promise<Result<RunAs, string>> {
  if (process.geteuid?.() !== 0) return ok(null);
  for (const name of candidates) {
    const uid = await readUserId("-u", name);
    const gid = await readUserId("-g", name);
    if (uid !== null && gid !== null && uid !== 0) return ok({ uid, gid });
  }
  return fail(
    `PostgreSQL does not run as root, and neither of the users ${candidates.join(" or ")} exists: ` +
      "start Latchkey as another user, or set DATABASE_URL.",
  );
}

async function readUserId(flag: "-u" | "-g", name: string): Promise<number | null> {
  const { code, output } = await runProgram("id", [flag, name], null);
  const number = Number(output.trim());
  return code === 0 && Number.isInteger(number) ? number : null;
}
