import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { plainEnvironment, root } from "@/e2e/fixtures/latchkey-process";

/**
 * The public command line at the version that the API is made for (docs/environment-api.md, section 4), and
 * the zod it wants.
 */
const versions = { nango: "0.70.1", zod: "4.3.6" };

/** 240 MB with all it needs: no dependency of the project's, but fetched once and kept. */
const kept = path.join(root, ".data", `nango-cli-${versions.nango}`);

const ownEnvironment = { ...plainEnvironment(), NODE_ENV: "production" as const };

/** Fetches the command line unless an earlier run did. */
export function installNangoCli(): void {
  if (existsSync(kept)) return;
  mkdirSync(path.dirname(kept), { recursive: true });
  const folder = mkdtempSync(`${kept}-`);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true, dependencies: versions }));
  const words = ["install", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status, stderr } = spawnSync("npm", words, {
    cwd: folder,
    env: ownEnvironment,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`npm could not fetch nango ${versions.nango}:\n${stderr}`);
  renameSync(folder, kept);
}

export type Printed = { readonly code: number | null; readonly text: string };

export type NangoProject = {
  /** Runs the command line in the project. The text is all it printed, without colours. */
  readonly nango: (words: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Printed>;
  readonly remove: () => void;
};

/**
 * A project as `nango init` makes it, with `functions` as its code: sources by path, as
 * `github/actions/greet.ts`. It lies below the command line's own folder, where it finds its packages.
 */
export async function makeProject(functions: Readonly<Record<string, string>>): Promise<NangoProject> {
  const folder = mkdtempSync(path.join(kept, "project-"));
  const nango = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    run(folder, words, { HOME: folder, ...env });
  const made = await nango(["init", ".", "--copy", "--no-interactive"]);
  if (made.code !== 0) throw new Error(made.text);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !entry.name.startsWith(".")) {
      rmSync(path.join(folder, entry.name), { recursive: true });
    }
  }
  for (const [file, source] of Object.entries(functions)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), source);
  }
  const imports = Object.keys(functions).map((file) => `import "./${file.replace(/\.ts$/, ".js")}";\n`);
  writeFileSync(path.join(folder, "index.ts"), imports.join(""));
  return { nango, remove: () => rmSync(folder, { recursive: true }) };
}

function run(cwd: string, words: readonly string[], env: Readonly<Record<string, string>>): Promise<Printed> {
  const cli = path.join(kept, "node_modules/nango/dist/index.js");
  const child = spawn(process.execPath, [cli, ...words, "--no-dependency-update"], {
    cwd,
    env: { ...ownEnvironment, NANGO_CLI_UPGRADE_MODE: "ignore", NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const note = (chunk: string) => {
    text += chunk;
  };
  child.stdout.setEncoding("utf8").on("data", note);
  child.stderr.setEncoding("utf8").on("data", note);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, text }));
  });
}
