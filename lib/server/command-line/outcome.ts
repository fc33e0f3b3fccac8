import { userInfo } from "node:os";
import type { Actor } from "@/lib/access/audit/model";

/** The exit code and output of a command: 0 for success, 1 for a failure, 2 for a usage error. */
export type Outcome =
  | { readonly code: 0; readonly stdout: string }
  | { readonly code: 1 | 2; readonly stderr: string };

export const done = (stdout: string): Outcome => ({ code: 0, stdout });
export const failed = (message: string): Outcome => ({ code: 1, stderr: `${message}\n` });
export const usageError = (message: string, usage: string): Outcome => ({
  code: 2,
  stderr: `${message}\n\n${usage}`,
});

/** Returns the actor for the audit log: the current user of the operating system. */
export function commandLineActor(): Actor {
  return { kind: "command_line", name: operatingSystemUser(), address: null, userAgent: null };
}

function operatingSystemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container the process may run under a user id that has no name.
    return `user ${process.getuid?.() ?? "unknown"}`;
  }
}
