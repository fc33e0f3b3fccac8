// No dependencies: this runs before node_modules exists.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { serverFolder } from "./compiled-server.mjs";
import { withLock } from "./lock.mjs";
import { root } from "./root.mjs";

/** @typedef {{ ok: true, value: null } | { ok: false, error: string }} Outcome */

/** @type {Outcome} */
const done = { ok: true, value: null };

/** What the server and the dashboard are built from. */
const buildSources = [
  "app",
  "components",
  "drizzle",
  "lib",
  "public",
  "scripts/build-server.mjs",
  "scripts/compiled-server.mjs",
  "next.config.mjs",
  "package-lock.json",
  "package.json",
  "tsconfig.json",
];

/**
 * A file that holds the hash of what something was made from.
 * @typedef {{ file: string, hash: () => string }} Stamp
 */

/**
 * Both builds are stamped with one hash. The version of Node is no part of it: neither build depends on it, and both can be
 * copied to a machine with another one.
 */
const sourceHash = once(() => hashOf(buildSources, ""));

/** @type {Stamp} */
const serverStamp = { file: `${serverFolder}/latchkey-stamp`, hash: sourceHash };

/** @type {Stamp} */
const dashboardStamp = { file: ".next/latchkey-stamp", hash: sourceHash };

/** @type {Stamp} */
const packagesStamp = {
  file: "node_modules/.latchkey-stamp",
  hash: once(() => hashOf(["package-lock.json"], `${process.platform} ${process.arch}`)),
};

/**
 * Prepares to run the compiled server: installs packages and compiles, each only when needed. Development packages are
 * needed to build and for nothing else, so where the builds are fresh, as when they were copied to a machine after
 * `npm ci --omit=dev`, the production packages suffice. The failure is a sentence.
 * @param {{ withDashboard: boolean }} needs whether the dashboard is served, too
 * @returns {Outcome}
 */
export function ensureServer({ withDashboard }) {
  const isBuilt = isFresh(serverStamp) && (!withDashboard || isFresh(dashboardStamp));
  if (isBuilt && hasPackages({ development: false })) return done;
  const installed = ensureDependencies();
  return installed.ok ? ensureServerBuild() : installed;
}

/**
 * Installs the packages of package-lock.json, with those for development, unless they are there. The failure is a
 * sentence.
 * @returns {Outcome}
 */
export function ensureDependencies() {
  const isInstalled = () => isFresh(packagesStamp) && hasPackages({ development: true });
  return ensure(packagesStamp, isInstalled, () => {
    printProgress("Installing packages (npm ci) ...");
    // With the development ones, whatever NODE_ENV says: the builds and the tests need them.
    return run("npm", ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"])
      ? null
      : "Installing the packages failed: npm's own words are above.";
  });
}

/**
 * Builds the server and the dashboard, each unless its build is there and fresh. The failure is a sentence.
 * @returns {Outcome}
 */
export function ensureBuild() {
  const server = ensureServerBuild();
  return server.ok ? ensureDashboardBuild() : server;
}

/** @returns {Outcome} */
function ensureServerBuild() {
  return ensure(
    serverStamp,
    () => isFresh(serverStamp),
    () => {
      printProgress("Compiling the server (esbuild) ...");
      return run(process.execPath, ["scripts/build-server.mjs"])
        ? null
        : "Compiling the server failed: esbuild's own words are above.";
    },
  );
}

/**
 * Builds the dashboard unless its build is there and fresh. The failure is a sentence.
 * @returns {Outcome}
 */
export function ensureDashboardBuild() {
  return ensure(
    dashboardStamp,
    () => isFresh(dashboardStamp),
    () => {
      printProgress("Building the dashboard (next build) ...");
      return run(process.execPath, ["node_modules/next/dist/bin/next", "build"])
        ? null
        : "Building the dashboard failed: Next's own words are above.";
    },
  );
}

/** Marks both builds as stale: what needs them next builds them again. */
export function expireBuilds() {
  for (const { file } of [serverStamp, dashboardStamp]) rmSync(path.join(root, file), { force: true });
}

/** @param {Stamp} stamp */
function isFresh({ file, hash }) {
  const full = path.join(root, file);
  return existsSync(full) && readFileSync(full, "utf8") === hash();
}

/**
 * Whether npm's own record of what it installed has every package of package-lock.json, optional ones aside: which of them
 * there are depends on the platform.
 * @param {{ development: boolean }} which whether those for development count, too
 */
function hasPackages({ development }) {
  const installed = packagesOf("node_modules/.package-lock.json");
  return Object.entries(packagesOf("package-lock.json")).every(
    ([place, { version, dev, optional, devOptional }]) =>
      place === "" ||
      optional ||
      devOptional ||
      (dev && !development) ||
      installed[place]?.version === version,
  );
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, dev?: true, optional?: true, devOptional?: true }>}
 */
function packagesOf(lockFile) {
  const full = path.join(root, lockFile);
  return existsSync(full) ? JSON.parse(readFileSync(full, "utf8")).packages : {};
}

/**
 * @param {Stamp} stamp
 * @param {() => boolean} isMade
 * @param {() => string | null} make returns why it failed
 * @returns {Outcome}
 */
function ensure({ file, hash }, isMade, make) {
  if (isMade()) return done;
  return withLock(path.join(root, ".next.lock"), () => {
    // Another process may have made it while we waited.
    if (isMade()) return done;
    const full = path.join(root, file);
    // What fails half-way must not pass for what was there before.
    rmSync(full, { force: true });
    const failure = make();
    if (failure !== null) return { ok: false, error: failure };
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, hash());
    return done;
  });
}

/**
 * @template Value
 * @param {() => Value} work
 * @returns {() => Value} what runs `work` the first time and then returns what it returned
 */
function once(work) {
  /** @type {{ value: Value } | undefined} */
  let known;
  return () => {
    known ??= { value: work() };
    return known.value;
  };
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
    // On Windows npm is a script, which only a shell runs.
    shell: process.platform === "win32" && program === "npm",
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
