import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { playwrightCount, vitestCount } from "./test-reports.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "latchkey-report-"));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: string): string {
  const file = path.join(folder, `${content.length}.json`);
  writeFileSync(file, content);
  return file;
}

test("reads the counts of both kinds of report", () => {
  const vitest = report(JSON.stringify({ numPassedTests: 5, numFailedTests: 2, numPendingTests: 1 }));
  expect(vitestCount(vitest, false)).toEqual({ passed: 5, failed: 2, skipped: 1 });
  const playwright = report(JSON.stringify({ stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 2 } }));
  expect(playwrightCount(playwright, true)).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

test.each([
  ["no report", path.join(folder, "none.json")],
  ["half a report", report('{"numPassedTests": 3')],
  ["a report without a failure", report('{"numPassedTests": 0, "numFailedTests": 0}')],
])("counts a failed run with %s as a failure", (_, file) => {
  expect(vitestCount(file, false).failed).toBe(1);
  expect(playwrightCount(file, false).failed).toBe(1);
});
