import path from "node:path";
import { describe, expect, it } from "vitest";
import { entriesOf, type Import, isTestCode, readSourceFiles, type SourceFile } from "./testing/source-files";

/*
 * Dependency rules for folders. A layer is a folder directly below lib/. Test code is not checked: it may
 * import anything.
 */

type Edge = { readonly from: string; readonly to: string; readonly because: string };

/** Layers from the lowest up. A layer imports only itself and layers in earlier rows. */
const layers = [
  ["infrastructure"],
  ["access"],
  ["upstream"],
  ["functions"],
  ["connect"],
  ["environment-api", "dashboard"],
  ["server"],
];

/**
 * The one exception to the rule against cycles: a table's columns take their types from the domain's model,
 * while the domain's stores import the table. TypeScript erases these imports.
 */
function isException(file: string, { target, isTypeOnly }: Import): boolean {
  return isTypeOnly && file.startsWith("drizzle/schema/") && target.startsWith("lib/");
}

const sources = readSourceFiles();
const product = sources.filter(({ file }) => !isTestCode(file));

/** Returns the imports between folders, type-only imports included. */
function edgesOf(files: readonly SourceFile[]): Edge[] {
  const folders = new Set(files.map(({ file }) => path.posix.dirname(file)));
  return files.flatMap((source) =>
    source.imports.flatMap((found) => {
      const from = path.posix.dirname(source.file);
      const to = path.posix.dirname(found.target);
      if (from === to || !folders.has(to) || isException(source.file, found)) return [];
      return [{ from, to, because: `${source.file} imports ${found.target}` }];
    }),
  );
}

/**
 * Returns the folders that a folder imports, directly or indirectly. Contains the folder itself if it is in a
 * cycle.
 */
function reachableFrom(start: string, edges: readonly Edge[]): Set<string> {
  const reached = new Set<string>();
  const queue = [start];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    for (const { from, to } of edges) {
      if (from !== folder || reached.has(to)) continue;
      reached.add(to);
      queue.push(to);
    }
  }
  return reached;
}

/** Returns the imports that are part of a cycle of folders, as sentences. */
function cyclicImports(edges: readonly Edge[]): string[] {
  const reachable = new Map(
    [...new Set(edges.map(({ from }) => from))].map((folder) => [folder, reachableFrom(folder, edges)]),
  );
  return edges.filter(({ from, to }) => reachable.get(to)?.has(from) === true).map(({ because }) => because);
}

function layerOf(file: string): string | null {
  const [top, layer, ...rest] = file.split("/");
  return top === "lib" && layer !== undefined && rest.length > 0 ? layer : null;
}

const levels = new Map(layers.flatMap((names, level) => names.map((name) => [name, level] as const)));

/** Returns the imports from a layer to a higher layer, or to another one on the same level. */
function upwardImports(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ file, imports }) =>
    imports.flatMap(({ target }) => {
      const [from, to] = [layerOf(file), layerOf(target)];
      if (from === null || to === null || from === to) return [];
      const isDown = (levels.get(to) ?? Number.POSITIVE_INFINITY) < (levels.get(from) ?? -1);
      return isDown ? [] : [`${file} imports ${target}`];
    }),
  );
}

describe("folders", () => {
  it("are found, with their imports", () => {
    expect(edgesOf(product).length).toBeGreaterThan(100);
  });

  it("form no dependency cycle", () => {
    expect(cyclicImports(edgesOf(product))).toEqual([]);
  });

  it("in lib import only lower layers", () => {
    expect(upwardImports(product)).toEqual([]);
  });

  it("in lib are all listed as layers, or are testing", () => {
    const folders = new Set(sources.flatMap(({ file }) => layerOf(file) ?? []));
    expect([...folders].sort()).toEqual([...levels.keys(), "testing"].sort());
  });

  it("in lib are few: at most 12 entries at its top", () => {
    expect(entriesOf("lib").length).toBeLessThanOrEqual(12);
  });
});

describe("the rules find", () => {
  const file = (name: string, target: string, isTypeOnly = false): SourceFile => ({
    file: name,
    text: "",
    imports: [{ target, isTypeOnly }],
  });

  it("a cycle of two folders, also through type-only imports", () => {
    const cycle = [
      file("lib/access/a/x.ts", "lib/access/b/y"),
      file("lib/access/b/y.ts", "lib/access/a/x", true),
    ];
    expect(cyclicImports(edgesOf(cycle))).toHaveLength(2);
  });

  it("a cycle through a third folder, and through lib itself", () => {
    const cycle = [
      file("lib/a/x.ts", "lib/b/y"),
      file("lib/b/y.ts", "lib/z"),
      file("lib/z.ts", "lib/a/x"),
      file("lib/c/v.ts", "lib/a/x"),
    ];
    expect(cyclicImports(edgesOf(cycle))).toHaveLength(3);
  });

  it("a table that imports more than types of a model", () => {
    const cycle = (isTypeOnly: boolean) => [
      file("drizzle/schema/x.ts", "lib/access/a/model", isTypeOnly),
      file("lib/access/a/store.ts", "drizzle/schema/x"),
      file("lib/access/a/model.ts", "zod"),
    ];
    expect(cyclicImports(edgesOf(cycle(true)))).toEqual([]);
    expect(cyclicImports(edgesOf(cycle(false)))).toHaveLength(2);
  });

  it.each([
    ["lib/infrastructure/db/x.ts", "lib/access/members/model"],
    ["lib/environment-api/x.ts", "lib/dashboard/auth/session"],
    ["lib/access/x/y.ts", "lib/testing/database"],
  ])("the upward import from %s to %s", (from, to) => {
    expect(upwardImports([file(from, to)])).toHaveLength(1);
  });
});
