// No dependencies: this runs before node_modules exists.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "./lock.mjs";
import { root } from "./root.mjs";

/** @typedef {{ ok: true, value: null } | { ok: false, error: string }} Outcome */

/** What the dashboard's build is made from. */
const buildSources = [
  "app",
  "components",
  "drizzle",
  "lib",
  "public",
  "next.config.mjs",
  "package-lock.json",
  "package.json",
  "tsconfig.json",
];

/**
 * Installs the packages of package-lock.json unless they are there. The failure is a sentence.
 * @returns {Outcome}
 */
export function ensureDependencies() {
  const key = hashOf(
    ["package-lock.json"],
    `${process.platform} ${process.arch} ${process.versions.modules}`,
  );
  return skipIfFresh("node_modules/.latchkey-stamp", key, () => {
    printProgress("Installing packages (npm ci) ...");
    // With the development ones, whatever NODE_ENV says: the build and the tests need them.
    return run("npm", ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"])
      ? null
      : "Installing the packages failed: npm's own words are above.";
  });
}

/**
 * Builds the dashboard unless its build is there and fresh. The failure is a sentence.
 * @returns {Outcome}
 */
export function ensureBuild() {
  return skipIfFresh(".next/latchkey-stamp", hashOf(buildSources, process.version), () => {
    printProgress("Building the dashboard (next build) ...");
    return run(process.execPath, ["node_modules/next/dist/bin/next", "build"])
      ? null
      : "Building the dashboard failed: Next's own words are above.";
  });
}

/**
 * @param {string} stamp a file that holds the key of what was made last
 * @param {string} key
 * @param {() => string | null} make returns why it failed
 * @returns {Outcome}
 */
function skipIfFresh(stamp, key, make) {
  const file = path.join(root, stamp);
  const isFresh = () => existsSync(file) && readFileSync(file, "utf8") === key;
  if (isFresh()) return { ok: true, value: null };
  return withLock(path.join(root, ".next.lock"), () => {
    // Another start may have made it while we waited.
    if (isFresh()) return { ok: true, value: null };
    const failure = make();
    if (failure !== null) return { ok: false, error: failure };
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, key);
    return { ok: true, value: null };
  });
}

/**
 * Everything a step prints goes to standard error: standard output is for what a command was asked for.
 * @param {string} text
 */
export function printProgress(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    shell: process.platform === "win32",
  });
  return status === 0;
}

/**
 * @param {string[]} names files and folders below the root
 * @param {string} salt
 */
function hashOf(names, salt) {
  const hash = createHash("sha256").update(salt);
  for (const file of names.flatMap(filesOf))
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  return hash.digest("hex");
}

/**
 * @param {string} name
 * @returns {string[]}
 */
function filesOf(name) {
  const full = path.join(root, name);
  if (!existsSync(full) || /\.test\.tsx?$/.test(name)) return [];
  if (!statSync(full).isDirectory()) return [name];
  return readdirSync(full)
    .sort()
    .flatMap((entry) => filesOf(`${name}/${entry}`));
}
