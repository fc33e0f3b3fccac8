/*
 * Tests another version of Node: `npm run test:node -- 24`. With that version it builds, starts and stops the
 * server, and runs a test of the dashboard and the tests of the API.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { exitWithError } from "./messages.mjs";
import { root } from "./root.mjs";
import { expireBuilds } from "./setup.mjs";

const checks = [
  "e2e/runtime/start-and-stop.spec.ts",
  "e2e/runtime/compiled-server.spec.ts",
  "e2e/ui/api-keys-walk.spec.ts",
  "e2e/api",
];

const [version = "", ...rest] = process.argv.slice(2);
if (!/^\d+(\.\d+){0,2}$/.test(version) || rest.length > 0) {
  exitWithError("Pass the version of Node to test, for example: npm run test:node -- 24");
}

const folder = mkdtempSync(path.join(tmpdir(), "latchkey-node-"));
const node = fetchNode();
const passed = node !== null && runChecks(node);
rmSync(folder, { recursive: true, force: true });
if (node === null) exitWithError(`Node ${version} could not be installed. See the output of npm above.`);
process.exit(passed ? 0 : 1);

/** @param {string} program */
function runChecks(program) {
  // Programs that are started by name, such as npm, then run on that version too.
  process.env.PATH = `${path.dirname(program)}${path.delimiter}${process.env.PATH}`;
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  process.stdout.write(`Testing with Node ${stdout}`);
  expireBuilds();
  return spawnSync(program, ["scripts/test.mjs", ...checks], { cwd: root, stdio: "inherit" }).status === 0;
}

/**
 * Installs Node's program from the npm registry, which has a package for each platform. The package `node`
 * chooses it in an install script, and install scripts are turned off here.
 * @returns {string | null} the path of the program; null if npm failed
 */
function fetchNode() {
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `${prefix}-${platform}-${process.arch}`;
  // Without this file npm would use a project in one of the parent folders.
  writeFileSync(path.join(folder, "package.json"), "{}");
  const { status } = spawnSync(
    "npm",
    ["install", "--ignore-scripts", "--no-audit", "--no-fund", `${name}@${version}`],
    // On Windows npm is a script, which only a shell can run.
    { cwd: folder, stdio: ["ignore", 2, 2], shell: process.platform === "win32" },
  );
  if (status !== 0) return null;
  const bin = path.join(folder, "node_modules", name, "bin");
  const program = readdirSync(bin).find((file) => /^node(\.exe)?$/.test(file));
  return program === undefined ? null : path.join(bin, program);
}
