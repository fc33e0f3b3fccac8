import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./root.mjs";

/** The folder of the compiled server, relative to the repository. */
export const serverFolder = ".server";

/** The modules of the compiled server that scripts load, and their source files. */
export const serverEntries = {
  start: "lib/server/process-lifecycle/start.ts",
  "dashboard-worker": "lib/server/dashboard-worker/dashboard-worker-main.ts",
  command: "lib/server/command-line/command.ts",
  keys: "lib/server/command-line/keys.ts",
  members: "lib/server/command-line/members.ts",
  "password-input": "lib/server/command-line/password-input.ts",
};

/**
 * The exports of each module.
 * @typedef {{
 *   start: typeof import("../lib/server/process-lifecycle/start"),
 *   "dashboard-worker": typeof import("../lib/server/dashboard-worker/dashboard-worker-main"),
 *   command: typeof import("../lib/server/command-line/command"),
 *   keys: typeof import("../lib/server/command-line/keys"),
 *   members: typeof import("../lib/server/command-line/members"),
 *   "password-input": typeof import("../lib/server/command-line/password-input"),
 * }} ServerModules
 */

/**
 * Imports a module of the compiled server. Call `ensureServer` first. From now on the stack traces of this
 * thread name the TypeScript files and their lines.
 * @template {keyof ServerModules} Name
 * @param {Name} name
 * @returns {Promise<ServerModules[Name]>}
 */
export async function loadServer(name) {
  process.setSourceMapsEnabled(true);
  return import(pathToFileURL(path.join(root, serverFolder, `${name}.js`)).href);
}
