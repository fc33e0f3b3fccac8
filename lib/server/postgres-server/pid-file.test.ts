import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { isAlive, parsePidFile, readPidFile } from "./pid-file";

const text = (status: string) =>
  `4711\n/srv/data\n1790000000\n5433\n\n127.0.0.1\n   1234567         8\n${status.padEnd(8)}\n`;

test("parses process id, port and status as PostgreSQL 18 writes them", () => {
  expect(parsePidFile(text("ready"))).toEqual({ pid: 4711, port: 5433, status: "ready" });
  expect(parsePidFile(text("starting"))?.status).toBe("starting");
  expect(parsePidFile(text("stopping"))?.status).toBe("stopping");
});

test("parses a file that is only partly written", () => {
  expect(parsePidFile("4711\n/srv/data\n")).toEqual({ pid: 4711, port: null, status: "unknown" });
  expect(parsePidFile("")).toBe(null);
  expect(parsePidFile("-1\n")).toBe(null);
});

test("returns null when there is no file", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-pid-"));
  expect(readPidFile(folder)).toBe(null);
  rmSync(folder, { recursive: true });
});

test("isAlive is true for a running process only", () => {
  expect(isAlive(process.pid)).toBe(true);
  // Above the highest number that Linux gives a process (PID_MAX_LIMIT, 2^22).
  expect(isAlive(2 ** 22 + 1)).toBe(false);
});
