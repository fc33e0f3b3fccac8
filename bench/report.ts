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
  /** Why it could not be measured; null when it was. */
  readonly failure: string | null;
};

/** Of what the numbers depend on, what is the same for all of them. */
const conditions =
  "PostgreSQL is a throw-away one that flushes nothing to disk (fsync off), on this machine.";

/** The findings as one table, for people. */
export function formatTable(measured: readonly MeasureResult[]): string {
  const head = ["measure", "", "value", "target", "spread", "met"];
  const rows = measured.flatMap(({ name, findings, failure }) => [
    ...findings.map((finding) => [
      name,
      finding.what,
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

/** Writes everything as JSON and returns where, from the root. */
export function writeReport(measured: readonly MeasureResult[], now: Date): string {
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
    measures: measured.map(({ findings, ...rest }) => ({
      ...rest,
      findings: findings.map((finding) => ({ ...finding, met: isMet(finding) })),
    })),
  };
  mkdirSync(path.join(root, ".data", "bench"), { recursive: true });
  writeFileSync(path.join(root, file), `${JSON.stringify(report, null, 2)}\n`);
  return file;
}

/** Was everything measured, and is every target met? */
export function areAllTargetsMet(measured: readonly MeasureResult[]): boolean {
  return measured.every(
    ({ findings, failure }) => failure === null && findings.every((f) => isMet(f) !== false),
  );
}
