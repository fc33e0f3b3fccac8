import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { gatherLines } from "./log-destination";

test("lines are written in their order, many at once, and soon", async () => {
  const written: string[] = [];
  const first = new Promise<void>((resolve) => {
    const lines = gatherLines((text) => {
      written.push(text);
      resolve();
    });
    lines.write("a\n");
    lines.write("b\n");
  });
  expect(written).toEqual([]);
  await first;
  expect(written).toEqual(["a\nb\n"]);
});

test("a flood is not kept waiting", () => {
  const written: string[] = [];
  const lines = gatherLines((text) => written.push(text));
  const line = `${"x".repeat(1023)}\n`;
  for (let count = 0; count < 100; count += 1) lines.write(line);
  expect(written.join("").length).toBeGreaterThanOrEqual(64 * 1024);
  lines.flush();
  expect(written.join("")).toBe(line.repeat(100));
});

test.each([
  ["it ends by itself", "", 0],
  ["it is told to exit", "process.exit(3)", 3],
  ["it breaks", "throw new Error('broken')", 1],
])("nothing is lost when %s", (_, ending, status) => {
  const module = pathToFileURL(`${import.meta.dirname}/log-destination.ts`).href;
  const program = `const { gatherLines } = await import(${JSON.stringify(module)});
    const lines = gatherLines((text) => process.stdout.write(text));
    for (let at = 0; at < 1000; at += 1) lines.write(at + "\\n");
    ${ending}`;
  const ended = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  expect(ended.status).toBe(status);
  expect(ended.stdout).toBe(Array.from({ length: 1000 }, (_, at) => `${at}\n`).join(""));
});
