import path from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf, isTestCode, readSourceFiles } from "./testing/source-files";

/*
 * Who may import whom, file by file. Each rule is a function from a file and what it imports to a complaint; the last
 * test feeds each rule a breach, so that a rule that can no longer fail is seen. Folders: rooms.test.ts.
 */

type SourceFile = { readonly file: string; readonly text: string; readonly imports: readonly string[] };

function isPure(file: string): boolean {
  return /^lib\/access\/scopes\/|^lib\/[^/]+\/[^/]+\/(model|roles|key-format|crc32|end-user|event|list-dto|frequency|cursor|sync-name|shared-apps)(\.ts)?$|^lib\/infrastructure\/(result|storable-text)(\.ts)?$/.test(
    file,
  );
}

/** The files that may hold SQL: `store.ts` and `*-store.ts`. */
function isStore(file: string): boolean {
  return /^lib\/.*[/-]store(\.ts)?$/.test(file);
}

function needsNext(file: string): boolean {
  return /^lib\/dashboard\/(auth|server-actions)\//.test(file);
}

const ownRoom = /^(app|components|lib|drizzle|scripts|e2e|bench)\//;

type Rule = (file: SourceFile) => string | undefined;

const rules: Record<string, Rule> = {
  "pure files import pure files": ({ file, imports }) =>
    isPure(file)
      ? imports.find((target) => !(isPure(target) || target === "zod" || target === "node:crypto"))
      : undefined,

  "server files know neither the pages nor Next": ({ file, imports }) =>
    file.startsWith("lib/") && !needsNext(file)
      ? imports.find(
          (target) => /^(app|components)\//.test(target) || /^(react|react-dom|next-auth)(\/|$)/.test(target),
        )
      : undefined,

  "only the dispatcher starts Next": ({ file, imports }) =>
    file.startsWith("lib/") && !needsNext(file) && !file.startsWith("lib/server/dashboard-worker/")
      ? imports.find((target) => /^next(\/|$)/.test(target))
      : undefined,

  "files that need Next say so in their first line": ({ file, text }) =>
    needsNext(file) && !/^(import "server-only";|"use server";)/.test(text) ? "first line" : undefined,

  "components never reach the database": ({ file, imports }) =>
    file.startsWith("components/")
      ? imports.find(
          (target) =>
            /^lib\/infrastructure\/(db|settings|sealing)(\/|$)/.test(target) ||
            target.startsWith("drizzle") ||
            isStore(target),
        )
      : undefined,

  "the product stands without its tests and its bench": ({ file, imports }) =>
    /^(app|components|lib|drizzle)\//.test(file)
      ? imports.find((target) => /^(e2e|bench|lib\/testing)\//.test(target))
      : undefined,

  "only store files speak Drizzle": ({ file, imports }) =>
    /^(drizzle\/|lib\/infrastructure\/db\/)/.test(file) || isStore(file)
      ? undefined
      : imports.find((target) => target.startsWith("drizzle-orm") || target.startsWith("drizzle/schema/")),

  "a store does not use another domain's store": ({ file, imports }) =>
    isStore(file)
      ? imports.find((target) => isStore(target) && path.posix.dirname(target) !== path.posix.dirname(file))
      : undefined,

  "the environment API stands without pages": ({ file, imports }) =>
    file.startsWith("lib/environment-api/")
      ? imports.find((target) => /^(app|components)\/|^next(\/|$)/.test(target))
      : undefined,

  "an action is made by one of the three that make actions, and nowhere else": ({ text }) =>
    /^\s*["']use server["']/m.test(text)
      ? [...text.matchAll(/^export .*/gm)].find(
          ([line]) =>
            !/^export const \w+ = (?:member|environment|connect)Action\($/.test(line.replace("{", "")),
        )?.[0]
      : undefined,

  "an internal route is made by environmentRoute": ({ file, text }) =>
    file.startsWith("app/internal/")
      ? [...text.matchAll(/^export .*/gm)].find(
          ([line]) => !/^export const [A-Z]+ = environmentRoute\($/.test(line.replace("{", "")),
        )?.[0]
      : undefined,

  "a path never climbs: @/ for another folder, ./ for the same or one below": ({ file, text }) =>
    // Node itself runs the .mjs files; it knows no @/.
    file.endsWith(".mjs") ? undefined : /(?:from|import|import\()\s*["'](\.\.\/[^"']*)["']/.exec(text)?.[1],

  "no drawer for odds and ends": ({ file }) =>
    /(^|\/)(utils?|helpers?|common|misc)(\.|\/)/.test(file) || /\/index\.tsx?$/.test(file)
      ? "name"
      : undefined,

  "a scope is spelled in the catalogue and where a route declares it": ({ file, text }) =>
    /^lib\/access\/scopes\/|^lib\/environment-api\//.test(file)
      ? undefined
      : /["'`]environment:[a-z_]+/.exec(text)?.[0],

  "covers is the only comparison of scopes": ({ file, text }) =>
    /^lib\/access\/scopes\//.test(file) ? undefined : /(?:grants|scopes)\.includes\([^)]*\)/.exec(text)?.[0],
};

const files: SourceFile[] = readSourceFiles().map(({ file, text, imports }) => ({
  file,
  text,
  imports: imports.map(({ target }) => target),
}));

describe("the house", () => {
  it("is read at all", () => {
    expect(files.length).toBeGreaterThan(30);
    expect(
      files.flatMap(({ imports }) => imports.filter((target) => ownRoom.test(target))).length,
    ).toBeGreaterThan(50);
  });

  it.each(Object.entries(rules))("%s", (_, rule) => {
    const breaches = files
      .filter(({ file }) => !isTestCode(file))
      .flatMap((source) => {
        const what = rule(source);
        return what === undefined ? [] : [`${source.file}: ${what}`];
      });
    expect(breaches).toEqual([]);
  });

  const breaches: Record<keyof typeof rules, readonly [file: string, text: string]> = {
    "pure files import pure files": [
      "lib/access/scopes/x.ts",
      'import { database } from "@/lib/infrastructure/db/client";',
    ],
    "server files know neither the pages nor Next": ["lib/x/y.ts", 'import { cache } from "react";'],
    "only the dispatcher starts Next": ["lib/x/y.ts", 'import { headers } from "next/headers";'],
    "files that need Next say so in their first line": [
      "lib/dashboard/server-actions/x.ts",
      "export const x = 1;",
    ],
    "components never reach the database": [
      "components/x.tsx",
      'import { x } from "@/lib/access/members/sign-in-store";',
    ],
    "the product stands without its tests and its bench": [
      "lib/x/y.ts",
      'import { x } from "@/lib/testing/database";',
    ],
    "only store files speak Drizzle": ["lib/x/y.ts", 'import { eq } from "drizzle-orm";'],
    "a store does not use another domain's store": ["lib/x/y-store.ts", 'import { x } from "@/lib/y/store";'],
    "the environment API stands without pages": ["lib/environment-api/x.ts", 'import next from "next";'],
    "an action is made by one of the three that make actions, and nowhere else": [
      "lib/dashboard/server-actions/x.ts",
      '"use server";\n\nexport async function deleteAll() {}',
    ],
    "an internal route is made by environmentRoute": [
      "app/internal/x/route.ts",
      "export async function GET() {}",
    ],
    "a path never climbs: @/ for another folder, ./ for the same or one below": [
      "lib/x/y.ts",
      'import { x } from "../z/y";',
    ],
    "no drawer for odds and ends": ["lib/utils.ts", ""],
    "a scope is spelled in the catalogue and where a route declares it": [
      "lib/x/y.ts",
      'x = "environment:deploy"',
    ],
    "covers is the only comparison of scopes": ["lib/x/y.ts", "if (grants.includes(scope))"],
  };

  it.each(Object.entries(breaches))("would notice a breach of: %s", (name, [file, text]) => {
    const imports = importsOf(file, text).map(({ target }) => target);
    expect(rules[name]?.({ file, text, imports })).toBeTruthy();
  });
});
