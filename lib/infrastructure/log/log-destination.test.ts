import { spawnSync } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { openLogDestination } from "./log-destination";

const folder = mkdtempSync(path.join(tmpdir(), "latchkey-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

function openFile(name: string) {
  const file = path.join(folder, name);
  const fd = openSync(file, "w");
  return {
    lines: openLogDestination(fd),
    read: () => readFileSync(file, "utf8"),
  };
}

test("lines are written in order, in one batch, within the flush interval", async () => {
  const { lines, read } = openFile("soon");
  lines.write("a\n");
  lines.write("b\n");
  expect(read()).toBe("");
  await expect.poll(read, { timeout: 5000 }).toBe("a\nb\n");
  lines.end();
});

test("a full buffer is written without waiting for the interval", async () => {
  const { lines, read } = openFile("flood");
  const line = `${"x".repeat(1023)}\n`;
  for (let count = 0; count < 100; count += 1) lines.write(line);
  await expect.poll(() => read().length, { timeout: 5000, interval: 1 }).toBeGreaterThanOrEqual(64 * 1024);
  lines.flushSync();
  expect(read()).toBe(line.repeat(100));
  lines.end();
});

const module = pathToFileURL(`${import.meta.dirname}/log-destination.ts`).href;
const expected = Array.from({ length: 1000 }, (_, index) => `${index}\n`).join("");
const writeLines = `const { openLogDestination } = await import(${JSON.stringify(module)});
  const lines = openLogDestination(1);
  for (let index = 0; index < 1000; index += 1) lines.write(index + "\\n");`;

function run(program: string) {
  const flags = ["--import", "tsx", "--input-type=module", "-e", program];
  return spawnSync(process.execPath, flags, { encoding: "utf8" });
}

test.each([
  ["it ends by itself", "", 0],
  ["it calls exit", "process.exit(3)", 3],
  ["it throws", "throw new Error('broken')", 1],
])("nothing is lost when %s", (_, ending, status) => {
  const ended = run(`${writeLines} ${ending}`);
  expect(ended.status).toBe(status);
  expect(ended.stdout).toBe(expected);
});

test("nothing is lost when a thread ends", () => {
  const ended = run(`
    const { Worker } = await import("node:worker_threads");
    const { register } = await import("tsx/esm/api");
    const program = ${JSON.stringify(`(async () => {
      const { register } = await import("tsx/esm/api");
      register();
      ${writeLines}
    })()`)};
    await new Promise((resolve) => new Worker(program, { eval: true }).once("exit", resolve));`);
  expect(ended.stderr).toBe("");
  expect(ended.stdout).toBe(expected);
});
