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
 * The environment variables of every step: those of this shell without the settings of a Latchkey server.
 * @type {NodeJS.ProcessEnv}
 */
const env = Object.assign({}, process.env, { NEXT_TELEMETRY_DISABLED: "1" });
for (const name of Object.keys(env)) {
  if (/^(LATCHKEY_(?!TEST_)|NEXTAUTH_|AUTH_)|^(DATABASE_URL|PORT)$/.test(name)) delete env[name];
}

/** @type {{ name: string, passed: number, failed: number, skipped: number }[]} */
const results = [];

/**
 * Runs one step and records how many of its checks passed. A step that throws counts as one failed check.
 * Returns whether all passed.
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

/**
 * Counts a step that is a single check.
 * @param {boolean} passed
 */
const countOne = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });

/**
 * Runs a script with Node. Returns whether it succeeded.
 * @param {string[]} args the script and its arguments
 * @param {Record<string, string>} extraEnv
 */
function runNode(args, extraEnv = {}) {
  const stepEnv = Object.assign({}, env, extraEnv);
  return (
    spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: stepEnv })
      .status === 0
  );
}

/** @param {import("./setup.mjs").Outcome} outcome */
function reportOutcome(outcome) {
  if (!outcome.ok) process.stdout.write(`${outcome.error}\n`);
  return countOne(outcome.ok);
}

async function installBrowser() {
  await loadTypeScript();
  const { ensureChromium } = await import("./chromium.mjs");
  return reportOutcome(ensureChromium());
}

function unitTests() {
  const report = path.join(reports, "vitest.json");
  const output = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const passed = runNode(["node_modules/vitest/vitest.mjs", "run", ...output, ...choice.vitest]);
  return vitestCount(report, passed);
}

function browserTests() {
  const report = path.join(reports, "playwright.json");
  const args = ["test", "--config", "e2e/playwright.config.ts", "--reporter=list,json", ...choice.playwright];
  const passed = runNode(["node_modules/@playwright/test/cli.js", ...args], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return playwrightCount(report, passed);
}

if (await check("packages", () => reportOutcome(ensureDependencies()))) {
  // The build also writes the types of the pages, which the type check reads.
  const built = await check("build", () => reportOutcome(ensureBuild()));
  if (choice.all) {
    // These types are left by `npm run dev` and are stale once a page was moved. The build above wrote
    // current ones.
    rmSync(path.join(root, ".next/dev/types"), { recursive: true, force: true });
    await check("types", () => countOne(runNode(["node_modules/typescript/bin/tsc", "--noEmit"])));
    await check("lint and format", () =>
      countOne(runNode(["node_modules/@biomejs/biome/bin/biome", "check", "."])),
    );
    await check("unused code", () => countOne(runNode(["node_modules/knip/bin/knip.js", "--no-progress"])));
  }
  if (choice.runVitest) await check("unit and integration tests", unitTests);
  if (choice.runPlaywright && built && (await check("browser", installBrowser))) {
    await check("server and browser tests", browserTests);
  }
}

rmSync(reports, { recursive: true });
/** @param {"passed" | "failed" | "skipped"} outcome */
const sum = (outcome) => results.reduce((total, result) => total + result[outcome], 0);
process.stdout.write("\n");
for (const { name, passed, failed, skipped } of results) {
  const more = skipped > 0 ? `, ${skipped} skipped` : "";
  process.stdout.write(
    `${failed === 0 ? "ok    " : "FAILED"}  ${name}: ${passed} passed, ${failed} failed${more}\n`,
  );
}
process.stdout.write(`${sum("passed")} passed, ${sum("failed")} failed\n`);
process.exit(sum("failed") === 0 ? 0 : 1);
