import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadTypeScript } from "./load-typescript.mjs";
import { root } from "./root.mjs";
import { ensureBuild, ensureDependencies } from "./setup.mjs";
import { chooseChecks } from "./test-choice.mjs";
import { playwrightCount, vitestCount } from "./test-reports.mjs";

/** @typedef {import("./test-reports.mjs").Count} Count */

process.chdir(root);
const choice = chooseChecks(process.argv.slice(2));
const reports = mkdtempSync(path.join(tmpdir(), "latchkey-reports-"));

/**
 * What every step sees: nothing of the settings that this shell has for a server of its own.
 * @type {NodeJS.ProcessEnv}
 */
const env = Object.assign({}, process.env, { NEXT_TELEMETRY_DISABLED: "1" });
for (const name of Object.keys(env)) {
  if (/^(LATCHKEY_(?!TEST_)|NEXTAUTH_|AUTH_)|^(DATABASE_URL|PORT)$/.test(name)) delete env[name];
}

/** @type {{ name: string, passed: number, failed: number, skipped: number }[]} */
const results = [];

/**
 * Runs one step and notes how many of its checks passed; a step that breaks is a failed check.
 * @param {string} name
 * @param {() => Count | Promise<Count>} step
 * @returns {Promise<boolean>}
 */
async function check(name, step) {
  process.stdout.write(`\n== ${name}\n`);
  const started = Date.now();
  /** @type {Count} */
  let count;
  try {
    count = await step();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.stack : error}\n`);
    count = { passed: 0, failed: 1, skipped: 0 };
  }
  results.push({ name, ...count });
  process.stdout.write(`== ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  return count.failed === 0;
}

/** @param {boolean} passed */
const one = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });

/**
 * @param {string[]} args a script below node_modules and its words
 * @param {Record<string, string>} more
 */
function node(args, more = {}) {
  const all = Object.assign({}, env, more);
  return (
    spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: all })
      .status === 0
  );
}

/** @param {import("./setup.mjs").Outcome} outcome */
function reportOutcome(outcome) {
  if (!outcome.ok) process.stdout.write(`${outcome.error}\n`);
  return one(outcome.ok);
}

async function browser() {
  await loadTypeScript();
  const { ensureChromium } = await import("./chromium.mjs");
  return reportOutcome(ensureChromium());
}

function unitTests() {
  const report = path.join(reports, "vitest.json");
  const output = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const passed = node(["node_modules/vitest/vitest.mjs", "run", ...output, ...choice.vitest]);
  return vitestCount(report, passed);
}

function browserTests() {
  const report = path.join(reports, "playwright.json");
  const words = [
    "test",
    "--config",
    "e2e/playwright.config.ts",
    "--reporter=list,json",
    ...choice.playwright,
  ];
  const passed = node(["node_modules/@playwright/test/cli.js", ...words], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return playwrightCount(report, passed);
}

if (await check("packages", () => reportOutcome(ensureDependencies()))) {
  // The build also writes the types of Next's files, which the type check reads.
  const built = await check("build", () => reportOutcome(ensureBuild()));
  if (choice.all) {
    // Left by `npm run dev`, and stale once a page has moved; the build above has written the fresh ones.
    rmSync(path.join(root, ".next/dev/types"), { recursive: true, force: true });
    await check("types", () => one(node(["node_modules/typescript/bin/tsc", "--noEmit"])));
    await check("lint and format", () => one(node(["node_modules/@biomejs/biome/bin/biome", "check", "."])));
    await check("unused code", () => one(node(["node_modules/knip/bin/knip.js", "--no-progress"])));
  }
  if (choice.runVitest) await check("unit and integration tests", unitTests);
  if (choice.runPlaywright && built && (await check("browser", browser))) {
    await check("server and browser tests", browserTests);
  }
}

rmSync(reports, { recursive: true });
/** @param {"passed" | "failed" | "skipped"} what */
const sum = (what) => results.reduce((total, result) => total + result[what], 0);
process.stdout.write("\n");
for (const { name, passed, failed, skipped } of results) {
  const more = skipped > 0 ? `, ${skipped} skipped` : "";
  process.stdout.write(
    `${failed === 0 ? "ok    " : "FAILED"}  ${name}: ${passed} passed, ${failed} failed${more}\n`,
  );
}
process.stdout.write(`${sum("passed")} passed, ${sum("failed")} failed\n`);
process.exit(sum("failed") === 0 ? 0 : 1);
