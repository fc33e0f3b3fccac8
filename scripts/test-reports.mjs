import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * Reads the counts of vitest's JSON report. A run that failed counts as at least one failure, even without a
 * report.
 * @param {string} file
 * @param {boolean} hasSucceeded
 * @returns {Count}
 */
export function vitestCount(file, hasSucceeded) {
  const report = readReport(file);
  return withFailedRun(hasSucceeded, {
    passed: toNumber(report.numPassedTests),
    failed: toNumber(report.numFailedTests),
    skipped: toNumber(report.numPendingTests) + toNumber(report.numTodoTests),
  });
}

/**
 * Reads the counts of Playwright's JSON report in the same way. A test that passed only in a retry counts as
 * failed.
 * @param {string} file
 * @param {boolean} hasSucceeded
 * @returns {Count}
 */
export function playwrightCount(file, hasSucceeded) {
  const stats = toObject(readReport(file).stats);
  return withFailedRun(hasSucceeded, {
    passed: toNumber(stats.expected),
    failed: toNumber(stats.unexpected) + toNumber(stats.flaky),
    skipped: toNumber(stats.skipped),
  });
}

/**
 * Counts at least one failure if the run failed.
 * @param {boolean} hasSucceeded
 * @param {Count} count
 * @returns {Count}
 */
function withFailedRun(hasSucceeded, count) {
  return { ...count, failed: hasSucceeded ? count.failed : Math.max(1, count.failed) };
}

/**
 * @param {string} file
 * @returns {Record<string, unknown>}
 */
function readReport(file) {
  if (!existsSync(file)) return {};
  try {
    return toObject(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return {};
  }
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function toObject(value) {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** @param {unknown} value */
function toNumber(value) {
  return typeof value === "number" ? value : 0;
}
