import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * Counts vitest's JSON report. A run that ended badly counts at least one failure, also when it left no report.
 * @param {string} file
 * @param {boolean} endedWell
 * @returns {Count}
 */
export function vitestCount(file, endedWell) {
  const report = read(file);
  return atLeastOne(endedWell, {
    passed: number(report.numPassedTests),
    failed: number(report.numFailedTests),
    skipped: number(report.numPendingTests) + number(report.numTodoTests),
  });
}

/**
 * Counts Playwright's JSON report, likewise. A test that passed only when tried again has failed.
 * @param {string} file
 * @param {boolean} endedWell
 * @returns {Count}
 */
export function playwrightCount(file, endedWell) {
  const stats = object(read(file).stats);
  return atLeastOne(endedWell, {
    passed: number(stats.expected),
    failed: number(stats.unexpected) + number(stats.flaky),
    skipped: number(stats.skipped),
  });
}

/**
 * @param {boolean} endedWell
 * @param {Count} count
 * @returns {Count}
 */
function atLeastOne(endedWell, count) {
  return { ...count, failed: endedWell ? count.failed : Math.max(1, count.failed) };
}

/**
 * @param {string} file
 * @returns {Record<string, unknown>}
 */
function read(file) {
  if (!existsSync(file)) return {};
  try {
    return object(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return {};
  }
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function object(value) {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** @param {unknown} value */
function number(value) {
  return typeof value === "number" ? value : 0;
}
