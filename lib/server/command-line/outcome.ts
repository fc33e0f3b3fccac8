import { userInfo } from "node:os";
import type { Actor } from "@/lib/access/audit/model";

/** What a command leaves behind: 0 done, 1 refused or failed, 2 called wrongly. */
export type Outcome =
  | { readonly code: 0; readonly stdout: string }
  | { readonly code: 1 | 2; readonly stderr: string };

export const done = (stdout: string): Outcome => ({ code: 0, stdout });
export const failed = (sentence: string): Outcome => ({ code: 1, stderr: `${sentence}\n` });
export const usageError = (sentence: string, usage: string): Outcome => ({
  code: 2,
  stderr: `${sentence}\n\n${usage}`,
});

/** Whom the audit log names: the user of the operating system. */
export function commandLineActor(): Actor {
  return { kind: "command_line", name: userName(), address: null, userAgent: null };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run us as a number without a name.
    return `user ${process.getuid?.() ?? "unknown"}`;
  }
}
