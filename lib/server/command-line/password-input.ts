import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";

/** A password from standard input: all of a pipe but its last line end, or one line typed unseen at a terminal. */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).replace(/\r?\n$/, "");
  process.stderr.write("Password: ");
  // Without an output the line editor echoes nothing.
  const terminal = createInterface({ input: process.stdin, terminal: true });
  try {
    return await terminal.question("");
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
