import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";

/**
 * Reads a password from standard input. From a terminal it reads one line and does not show it; from a pipe
 * it reads everything and removes the last line break.
 */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).replace(/\r?\n$/, "");
  process.stderr.write("Password: ");
  // Without an output stream, readline does not echo what is typed.
  const terminal = createInterface({ input: process.stdin, terminal: true });
  try {
    return await terminal.question("");
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
