import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/*
 * Names, comments, texts and documentation use the words of the field. These are the private words that the code once
 * used; each is listed with its replacement. A word counts wherever it stands by itself or as a part of a name: `door`
 * in `passDoor`, but not in "outdoor".
 */

const root = path.resolve(import.meta.dirname, "..");

const replacements: Record<string, string> = {
  door: "request pipeline",
  ear: "subscriber",
  hear: "receive a notification",
  hears: "receives a notification",
  heard: "received",
  hearing: "subscriber",
  deaf: "not receiving notifications",
  heart: "heartbeat",
  hearts: "heartbeats",
  obey: "handle",
  obeys: "handles",
  farewell: "grace period",
  patience: "timeout",
  news: "pending updates",
  tell: "send, report or show",
  tells: "sends, reports or shows",
  told: "notified",
  nobody: "name the caller, member or process",
  somebody: "name the caller, member or process",
  gather: "aggregate or buffer",
  gathers: "aggregates or buffers",
  gathered: "aggregated or buffered",
  overtaken: "stale",
  judge: "check or verify",
  judged: "checked or verified",
  judges: "checks or verifies",
  workplace: "workspace",
  spreading: "propagation",
};

/** Names from outside: the trigger functions of a migration, and a user of the operating system. */
const allowed: Record<string, readonly string[]> = {
  "bench/fill-keys.ts": ["tell"],
  "lib/server/postgres-server/run-as.ts": ["nobody"],
};

function wordsOf(text: string): string[] {
  return (text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());
}

/** The private words of a text, as `line: word -> replacement`. */
function privateWords(text: string, except: readonly string[] = []): string[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      wordsOf(line).flatMap((word) =>
        Object.hasOwn(replacements, word) && !except.includes(word)
          ? [`${index + 1}: ${word} -> ${replacements[word]}`]
          : [],
      ),
    );
}

/** Tracked text files. Migrations are never edited after their commit; this file lists the words. */
function listFiles(): string[] {
  const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  return tracked
    .toString("utf8")
    .split("\n")
    .filter((file) => /\.(ts|tsx|mjs|md)$/.test(file) && file !== "lib/words.test.ts");
}

it("finds a private word in a sentence and in a name, and no part of a longer word", () => {
  expect(privateWords("Passes the door.\nconst passDoor = 1;")).toHaveLength(2);
  expect(privateWords("an outdoor search, heartbeats, a clear year, together")).toEqual([]);
});

it("code, comments, texts and documentation use the field's words", () => {
  const files = listFiles();
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) =>
    privateWords(readFileSync(path.join(root, file), "utf8"), allowed[file]).map((word) => `${file}:${word}`),
  );
  expect(found).toEqual([]);
});
