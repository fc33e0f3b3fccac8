import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const topFolders = ["app", "components", "lib", "drizzle", "scripts", "e2e", "bench"];

export type Import = {
  /** A path from the root, such as `lib/infrastructure/db/client`, or the name of a package. */
  readonly target: string;
  readonly isTypeOnly: boolean;
};

export type SourceFile = {
  /** Path from the root, with forward slashes. */
  readonly file: string;
  readonly text: string;
  readonly imports: readonly Import[];
};

/** Reads every TypeScript and JavaScript file of the repository and its imports. */
export function readSourceFiles(): SourceFile[] {
  return topFolders.flatMap(listSources).map((file) => {
    const text = readFileSync(path.join(root, file), "utf8");
    return { file, text, imports: importsOf(file, text) };
  });
}

/** Lists the names of the entries directly below a folder of the repository. */
export function entriesOf(folder: string): string[] {
  return readdirSync(path.join(root, folder));
}

function listSources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return listSources(name);
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [name] : [];
  });
}

const importStatement =
  /(?:^|\n)\s*(?:import|export)\s(type\s)?(?:[^"';]*?\sfrom\s)?["']([^"']+)["']|import\(["']([^"']+)["']\)/g;

/** Finds the imports and re-exports in the text of a file. */
export function importsOf(file: string, text: string): Import[] {
  return [...text.matchAll(importStatement)].map(([, type, staticTarget, dynamicTarget]) => ({
    target: fromRoot(file, staticTarget ?? dynamicTarget ?? ""),
    isTypeOnly: type !== undefined,
  }));
}

function fromRoot(file: string, specifier: string): string {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  return specifier.startsWith(".") ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
}

/** True for tests, for benchmarks, and for files that only they use. */
export function isTestCode(file: string): boolean {
  return /^(e2e|bench|lib\/testing)\//.test(file) || /\.test\.tsx?$/.test(file);
}
