// Imports no packages, because this runs before node_modules exists.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { serverFolder } from "./compiled-server.mjs";
import { withLock } from "./lock.mjs";
import { printProgress } from "./messages.mjs";
import { root } from "./root.mjs";

/** @typedef {{ ok: true, value: null } | { ok: false, error: string }} Outcome */

/** @type {Outcome} */
const done = { ok: true, value: null };

/** The files and folders from which the server and the dashboard are built. */
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
 * A file that contains the hash of the sources from which a build or node_modules was made. If the hash of
 * the sources differs now, it is stale.
 * @typedef {{ file: string, hash: () => string }} Stamp
 */

/**
 * The hash of both builds. It does not contain the version of Node: neither build depends on it, and both can
 * be copied to a machine with another version.
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
 * Prepares to run the compiled server: installs packages and compiles, each only when needed. Development
 * packages are only needed to build. If the builds are fresh, production packages are enough, for example on
 * a machine to which the builds were copied after `npm ci --omit=dev`. The error is a message for the
 * operator.
 *
 * With `withDashboard`, a stale build of the dashboard counts too: development packages are then installed.
 * The dashboard itself is built by `ensureDashboardBuild`.
 * @param {{ withDashboard: boolean }} options
 * @returns {Outcome}
 */
export function ensureServer({ withDashboard }) {
  const isBuilt = isFresh(serverStamp) && (!withDashboard || isFresh(dashboardStamp));
  if (isBuilt && hasPackages({ development: false })) return done;
  const installed = ensureDependencies();
  return installed.ok ? ensureServerBuild() : installed;
}

/**
 * Installs the packages of package-lock.json, also those for development, unless they are installed. The
 * error is a message for the operator.
 * @returns {Outcome}
 */
export function ensureDependencies() {
  const isInstalled = () => isFresh(packagesStamp) && hasPackages({ development: true });
  return ensure(packagesStamp, isInstalled, () => {
    printProgress("Installing packages (npm ci) ...");
    // Also development packages, whatever NODE_ENV is, because the builds and the tests need them.
    return run("npm", ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"])
      ? null
      : "The packages could not be installed. See the output of npm above.";
  });
}

/**
 * Builds the server and the dashboard, each unless its build is fresh. The error is a message for the
 * operator.
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
        : "The server could not be compiled. See the output of esbuild above.";
    },
  );
}

/**
 * Builds the dashboard unless its build is fresh. The error is a message for the operator.
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
        : "The dashboard could not be built. See the output of Next.js above.";
    },
  );
}

/** Marks both builds as stale, so that they are built again when they are next needed. */
export function expireBuilds() {
  for (const { file } of [serverStamp, dashboardStamp]) rmSync(path.join(root, file), { force: true });
}

/** @param {Stamp} stamp */
function isFresh({ file, hash }) {
  const full = path.join(root, file);
  return existsSync(full) && readFileSync(full, "utf8") === hash();
}

/**
 * Returns whether every package of package-lock.json is installed, according to npm's own record. Optional
 * packages are not checked, because it depends on the platform which of them are installed.
 * @param {{ development: boolean }} options `development`: also check development packages
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
 * @param {() => string | null} make returns an error message; null on success
 * @returns {Outcome}
 */
function ensure({ file, hash }, isMade, make) {
  if (isMade()) return done;
  return withLock(path.join(root, ".next.lock"), () => {
    // Another process may have made it while this one waited for the lock.
    if (isMade()) return done;
    const full = path.join(root, file);
    // The stamp is removed first: if `make` fails half-way, the result must not count as fresh.
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
 * @returns {() => Value} a function that calls `work` the first time, and later returns the same value
 */
function once(work) {
  /** @type {{ value: Value } | undefined} */
  let result;
  return () => {
    result ??= { value: work() };
    return result.value;
  };
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
    // On Windows npm is a script, which only a shell can run.
    shell: process.platform === "win32" && program === "npm",
  });
  return status === 0;
}

/**
 * @param {string[]} names files and folders, relative to the repository
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
