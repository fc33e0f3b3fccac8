import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { declaredRoutes } from "@/lib/environment-api/catalog/declared-routes";
import { emptyMetricSources } from "@/lib/server/metrics/metric-sources";
import { createMetrics } from "@/lib/server/metrics/metrics";
import { isTestCode, readSourceFiles } from "@/lib/testing/source-files";

/*
 * Compares the documents with the code. Each check is a function of texts that returns what is wrong, so that
 * its test can also give it a text with a mistake.
 */

type Documents = Readonly<Record<string, string>>;

const root = path.resolve(import.meta.dirname, "..");
const codeFolders = ["app", "bench", "components", "docs", "drizzle", "e2e", "lib", "public", "scripts"];

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

/** Lists all files and folders below a folder, as paths from the root. */
function listBelow(folder: string): string[] {
  const entries = readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" });
  return [folder, ...entries.map((entry) => path.posix.join(folder, entry.split(path.sep).join("/")))];
}

const paths = [...readdirSync(root), ...codeFolders.flatMap(listBelow)];
const documents: Documents = Object.fromEntries(
  paths.filter((file) => file.endsWith(".md")).map((file) => [file, read(file)]),
);

function withoutCodeBlocks(text: string): string {
  return text.replaceAll(/^ *```.*?^ *```/gms, "");
}

/** The part of a document below a heading of the second level. */
function section(document: string, heading: string): string {
  return document.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
}

/** The cells of each row of the tables in a text, without the head. */
function tableRows(text: string): string[][] {
  const rows = text.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---"));
  return rows.slice(1).map((row) => row.split(" | ").map((cell) => cell.replaceAll(/^\| | \|$/g, "")));
}

function codeSpans(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
}

/** Returns what is in only one of two lists. Counts nothing twice. */
function differences(documented: readonly string[], actual: readonly string[]): string[] {
  return [
    ...documented.filter((name) => !actual.includes(name)).map((name) => `only documented: ${name}`),
    ...actual.filter((name) => !documented.includes(name)).map((name) => `not documented: ${name}`),
  ];
}

/** The anchors that GitHub gives to the headings of a document. */
function anchorsOf(document: string): string[] {
  return [...withoutCodeBlocks(document).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function brokenLinks(all: Documents): string[] {
  return Object.entries(all).flatMap(([file, text]) =>
    [...withoutCodeBlocks(text).matchAll(/\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)/g)].flatMap(
      ([link, target = "", anchor = ""]) => {
        const linked = target === "" ? file : path.posix.join(path.posix.dirname(file), target);
        const exists = linked in all || paths.includes(linked);
        const hasAnchor = anchor === "" || anchorsOf(all[linked] ?? "").includes(anchor);
        return exists && hasAnchor ? [] : [`${file}: ${link}`];
      },
    ),
  );
}

/** Finds paths in code that do not exist. `*` and `<name>` stand for one name. */
function missingPaths(all: Documents): string[] {
  const pathInCode = new RegExp(`(?<=[\`\\s])(?:${codeFolders.join("|")})/[^\\s\`,;:]*`, "g");
  return Object.entries(all).flatMap(([file, text]) => {
    const code = [...(text.match(/^ *```.*?^ *```/gms) ?? []), ...(text.match(/`[^`\n]+`/g) ?? [])];
    return code.flatMap((part) =>
      (part.match(pathInCode) ?? [])
        .filter((found) => {
          const pattern = found.replace(/\/$/, "").replaceAll(/[.[\]()]/g, "\\$&");
          const matcher = new RegExp(`^${pattern.replaceAll(/\*|<\w+>/g, "[^/]+")}$`);
          return !paths.some((existing) => matcher.test(existing));
        })
        .map((found) => `${file}: ${found}`),
    );
  });
}

function settingsDifferences(readme: string, settingsSource: string): string[] {
  const documented = tableRows(section(readme, "Settings")).flatMap(([name = ""]) => codeSpans(name));
  const declared = [...settingsSource.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = ""]) => name);
  return differences(documented, declared);
}

type LogCall = { readonly level: string; readonly messages: readonly string[] };

/** Finds the log calls of a source file, with every message that the second argument can be. */
function logCalls(text: string): LogCall[] {
  return [...text.matchAll(/\blog(?:\(\))?\.(debug|info|warn|error)\(/g)].map(({ 1: level = "", index }) => {
    const [, message = ""] = /^[^(]*(?:\(\))?[^(]*\(\{[^{}]*\}, ([^;\n]*)/.exec(text.slice(index)) ?? [];
    return { level, messages: [...message.matchAll(/"([^"]+)"/g)].map(([, words = ""]) => words) };
  });
}

function logDifferences(operations: string, calls: readonly LogCall[]): string[] {
  const documented = tableRows(section(operations, "Log")).flatMap(([message = "", levels = ""]) =>
    levels.split(", ").map((level) => `${codeSpans(message)[0]} (${level})`),
  );
  const logged = calls.flatMap(({ level, messages }) => messages.map((message) => `${message} (${level})`));
  return differences(documented, logged);
}

function metricDifferences(operations: string, rendered: string): string[] {
  const own = (names: readonly string[]) => names.filter((name) => name.startsWith("latchkey_"));
  const documented = tableRows(section(operations, "Metrics")).flatMap(([name = ""]) => codeSpans(name));
  return differences(
    own(documented.map((name) => name.replace(/\{.*/, ""))),
    own([...rendered.matchAll(/^# TYPE (\S+)/gm)].map(([, name = ""]) => name)),
  );
}

/** Finds `**GET, PUT `/path?query`**` and `(alias `/path`)`, as "GET /path". */
function documentedRoutes(contract: string): string[] {
  const route = /\*\*([\w, ]+?),? `(\/[^`?]+)[^`]*`\*\*(?:\s+\(alias\s+`(\/[^`]+)`\))?/g;
  return [...contract.matchAll(route)].flatMap(([, methods = "", ...routePaths]) =>
    methods
      .split(", ")
      .flatMap((method) =>
        routePaths.flatMap((routePath = "") => (routePath === "" ? [] : [`${method} ${routePath}`])),
      ),
  );
}

function routeDifferences(
  contract: string,
  routes: readonly { readonly method: string; readonly path: string }[],
): string[] {
  const declared = routes.map(({ method, path }) => `${method === "ANY" ? "Any method" : method} ${path}`);
  return differences(documentedRoutes(section(contract, "2. Endpoints by scope")), declared);
}

/** Finds what is wrong with the table of ASVS 5.0: it has 70 requirements of level 1 and 183 of level 2. */
function requirementFaults(asvs: string): string[] {
  const rows = [...asvs.matchAll(/^\| (\d+\.\d+\.\d+) \| (\S+) \| [^|]+ \| ([^|]+) \| [^|]+ \|$/gm)];
  const states = ["met", "operator's", "not yet", "does not apply"];
  const ids = rows.map(([, id = ""]) => id);
  const countOf = (level: string) => rows.filter((row) => row[2] === level).length;
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`),
    ...rows.filter(([, , , state = ""]) => !states.includes(state)).map(([, id]) => `no known state: ${id}`),
    ...(countOf("1") === 70 && countOf("2") === 183 ? [] : ["requirements are missing"]),
  ];
}

const readme = documents["README.md"] ?? "";
const operations = documents["docs/operations.md"] ?? "";
const contract = documents["docs/environment-api.md"] ?? "";
const productCalls = readSourceFiles()
  .filter(({ file }) => /^(app|components|lib)\//.test(file) && !isTestCode(file))
  .flatMap(({ text }) => logCalls(text));

describe("the documents", () => {
  it("link only to what exists", () => {
    expect(brokenLinks(documents)).toEqual([]);
    expect(brokenLinks({ "docs/x.md": "[a](missing.md) [b](#b)\n# B\n[c](x.md#c)" })).toHaveLength(2);
  });

  it("name only paths that exist", () => {
    expect(missingPaths(documents)).toEqual([]);
    expect(missingPaths({ "x.md": "`lib/*.test.ts`, `lib/missing.ts`, `npm test -- lib/gone/`" })).toEqual([
      "x.md: lib/missing.ts",
      "x.md: lib/gone/",
    ]);
  });

  it("list exactly the settings", () => {
    const source = read("lib/infrastructure/settings/settings.ts");
    expect(settingsDifferences(readme, source)).toEqual([]);
    expect(settingsDifferences(readme.replace("| `PORT`", "| `PART`"), source)).toHaveLength(2);
  });

  it("list exactly the log messages, with their levels", () => {
    expect(productCalls.filter(({ messages }) => messages.length === 0)).toEqual([]);
    expect(logDifferences(operations, productCalls)).toEqual([]);
    const moreCalls = [...productCalls, ...logCalls('log().warn({ err: error }, isX ? "x" : "y");')];
    expect(logDifferences(operations, moreCalls)).toEqual([
      "not documented: x (warn)",
      "not documented: y (warn)",
    ]);
    expect(logDifferences(operations.replace("| `live update", "| `update"), productCalls)).toHaveLength(2);
  });

  it("list exactly the metrics", async () => {
    const rendered = await createMetrics(emptyMetricSources).render();
    expect(metricDifferences(operations, rendered)).toEqual([]);
    expect(metricDifferences(operations, `${rendered}# TYPE latchkey_x gauge\n`)).toHaveLength(1);
    expect(metricDifferences(operations, rendered.replaceAll("_lease_held", "_lease"))).toHaveLength(2);
  });

  it("give a state to every requirement of ASVS 5.0, level 1 and 2", () => {
    const asvs = documents["docs/asvs.md"] ?? "";
    expect(requirementFaults(asvs)).toEqual([]);
    expect(requirementFaults(asvs.replace(/^\| 3\.4\.1 .*\n/m, ""))).toEqual(["requirements are missing"]);
    expect(requirementFaults(asvs.replace("| 3.4.1 |", "| 3.4.3 |"))).toEqual(["twice: 3.4.3"]);
    expect(requirementFaults(asvs.replace(/^(\| 3\.4\.1 .*)not yet/m, "$1soon"))).toEqual([
      "no known state: 3.4.1",
    ]);
  });

  it("list exactly the routes of the environment API", () => {
    expect(routeDifferences(contract, declaredRoutes)).toEqual([]);
    expect(routeDifferences(contract, [...declaredRoutes, { method: "GET", path: "/x" }])).toHaveLength(1);
    expect(routeDifferences(contract, declaredRoutes.slice(1))).toHaveLength(1);
  });
});
