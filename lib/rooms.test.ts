import path from "node:path";
import { describe, expect, it } from "vitest";
import { entriesOf, type Import, isTestCode, readSourceFiles, type SourceFile } from "./testing/source-files";

/*
 * How folders may depend on each other. A room is a folder that holds files; a wing is a folder directly below lib/.
 * Test code is left out: it may use anything.
 */

type Edge = { readonly from: string; readonly to: string; readonly because: string };

/** Wings from the bottom up. Each imports itself and what stands before it; those on one line do not know each other. */
const wings = [
  ["infrastructure"],
  ["access"],
  ["upstream"],
  ["functions"],
  ["connect"],
  ["environment-api", "dashboard"],
  ["server"],
];

/**
 * The one exception to the rule against circles: a table's columns take their types from the domain's model, while the
 * domain's stores import the table. Nothing of it is left when the code runs.
 */
function isException(file: string, { target, isTypeOnly }: Import): boolean {
  return isTypeOnly && file.startsWith("drizzle/schema/") && target.startsWith("lib/");
}

const sources = readSourceFiles();
const product = sources.filter(({ file }) => !isTestCode(file));

/** Imports between rooms. Type-only imports count. */
function edgesOf(files: readonly SourceFile[]): Edge[] {
  const rooms = new Set(files.map(({ file }) => path.posix.dirname(file)));
  return files.flatMap((source) =>
    source.imports.flatMap((found) => {
      const from = path.posix.dirname(source.file);
      const to = path.posix.dirname(found.target);
      if (from === to || !rooms.has(to) || isException(source.file, found)) return [];
      return [{ from, to, because: `${source.file} imports ${found.target}` }];
    }),
  );
}

/** The rooms that can be reached from a room, itself only through a circle. */
function reachableFrom(start: string, edges: readonly Edge[]): Set<string> {
  const reached = new Set<string>();
  const queue = [start];
  for (let room = queue.pop(); room !== undefined; room = queue.pop()) {
    for (const { from, to } of edges) {
      if (from !== room || reached.has(to)) continue;
      reached.add(to);
      queue.push(to);
    }
  }
  return reached;
}

/** The imports that tie rooms in circles, as sentences; empty when there is no circle. */
function circlesIn(edges: readonly Edge[]): string[] {
  const reach = new Map(
    [...new Set(edges.map(({ from }) => from))].map((room) => [room, reachableFrom(room, edges)]),
  );
  return edges.filter(({ from, to }) => reach.get(to)?.has(from) === true).map(({ because }) => because);
}

function wingOf(file: string): string | null {
  const [top, wing, ...rest] = file.split("/");
  return top === "lib" && wing !== undefined && rest.length > 0 ? wing : null;
}

const floors = new Map(wings.flatMap((names, floor) => names.map((name) => [name, floor] as const)));

/** The imports that run upwards between wings, or sideways on one floor. */
function upwardImports(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ file, imports }) =>
    imports.flatMap(({ target }) => {
      const [from, to] = [wingOf(file), wingOf(target)];
      if (from === null || to === null || from === to) return [];
      const isDown = (floors.get(to) ?? Number.POSITIVE_INFINITY) < (floors.get(from) ?? -1);
      return isDown ? [] : [`${file} imports ${target}`];
    }),
  );
}

describe("rooms", () => {
  it("are read at all", () => {
    expect(edgesOf(product).length).toBeGreaterThan(100);
  });

  it("form no circle", () => {
    expect(circlesIn(edgesOf(product))).toEqual([]);
  });

  it("of lib import only downwards between wings", () => {
    expect(upwardImports(product)).toEqual([]);
  });

  it("of lib all stand in a wing that has a floor, or hold tests", () => {
    const folders = new Set(sources.flatMap(({ file }) => wingOf(file) ?? []));
    expect([...folders].sort()).toEqual([...floors.keys(), "testing"].sort());
  });

  it("of lib can be held in the head: at most 12 entries at the top", () => {
    expect(entriesOf("lib").length).toBeLessThanOrEqual(12);
  });
});

describe("the rules notice", () => {
  const file = (name: string, target: string, isTypeOnly = false): SourceFile => ({
    file: name,
    text: "",
    imports: [{ target, isTypeOnly }],
  });

  it("a circle of two rooms, also of types alone", () => {
    const circle = [
      file("lib/access/a/x.ts", "lib/access/b/y"),
      file("lib/access/b/y.ts", "lib/access/a/x", true),
    ];
    expect(circlesIn(edgesOf(circle))).toHaveLength(2);
  });

  it("a circle through a third room, and through lib itself", () => {
    const circle = [
      file("lib/a/x.ts", "lib/b/y"),
      file("lib/b/y.ts", "lib/z"),
      file("lib/z.ts", "lib/a/x"),
      file("lib/c/v.ts", "lib/a/x"),
    ];
    expect(circlesIn(edgesOf(circle))).toHaveLength(3);
  });

  it("a table that imports more than a type of a model", () => {
    const circle = (isTypeOnly: boolean) => [
      file("drizzle/schema/x.ts", "lib/access/a/model", isTypeOnly),
      file("lib/access/a/store.ts", "drizzle/schema/x"),
      file("lib/access/a/model.ts", "zod"),
    ];
    expect(circlesIn(edgesOf(circle(true)))).toEqual([]);
    expect(circlesIn(edgesOf(circle(false)))).toHaveLength(2);
  });

  it.each([
    ["lib/infrastructure/db/x.ts", "lib/access/members/model"],
    ["lib/environment-api/x.ts", "lib/dashboard/auth/session"],
    ["lib/access/x/y.ts", "lib/testing/database"],
  ])("%s importing %s", (from, to) => {
    expect(upwardImports([file(from, to)])).toHaveLength(1);
  });
});
