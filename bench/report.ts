import { mkdirSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";
import path from "node:path";
import { root } from "@/e2e/fixtures/latchkey-process";
import { type Finding, isMet } from "./measure";
import { formatNumber } from "./statistics";

export type MeasureResult = {
  readonly name: string;
  readonly seconds: number;
  readonly findings: readonly Finding[];
  /** Why the measure failed; null when it did not. */
  readonly failure: string | null;
};

/** Conditions that apply to all numbers. */
const conditions = "PostgreSQL runs on this machine, without flushing to disk (fsync off).";

/** Formats the findings as a text table. */
export function formatTable(results: readonly MeasureResult[]): string {
  const head = ["measure", "", "value", "target", "spread", "met"];
  const rows = results.flatMap(({ name, findings, failure }) => [
    ...findings.map((finding) => [
      name,
      finding.title,
      `${formatNumber(finding.value)} ${finding.unit}`.trim(),
      formatTarget(finding),
      finding.spread,
      { true: "yes", false: "NO", null: "" }[`${isMet(finding)}`],
    ]),
    ...(failure === null ? [] : [[name, `FAILED: ${failure}`, "", "", "", "NO"]]),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n\n${conditions}\n`;
}

function formatTarget({ target }: Finding): string {
  if (target === null) return "";
  return "atMost" in target
    ? `at most ${formatNumber(target.atMost)}`
    : `at least ${formatNumber(target.atLeast)}`;
}

/** Writes the results to a JSON file. Returns its path, relative to the repository. */
export function writeReport(results: readonly MeasureResult[], now: Date): string {
  const file = path.join(".data", "bench", `${now.toISOString().replaceAll(/[:.]/g, "-")}.json`);
  const report = {
    at: now.toISOString(),
    machine: {
      platform: `${platform()} ${arch()}`,
      processor: cpus()[0]?.model ?? "unknown",
      processors: cpus().length,
      memoryBytes: totalmem(),
      node: process.version,
    },
    conditions,
    measures: results.map(({ findings, ...rest }) => ({
      ...rest,
      findings: findings.map((finding) => ({ ...finding, met: isMet(finding) })),
    })),
  };
  mkdirSync(path.join(root, ".data", "bench"), { recursive: true });
  writeFileSync(path.join(root, file), `${JSON.stringify(report, null, 2)}\n`);
  return file;
}

/** True if no measure failed and every target is met. */
export function areAllTargetsMet(results: readonly MeasureResult[]): boolean {
  return results.every(
    ({ findings, failure }) => failure === null && findings.every((finding) => isMet(finding) !== false),
  );
}
