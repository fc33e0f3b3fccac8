import path from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf, isTestCode, readSourceFiles } from "./testing/source-files";

/*
 * Import rules for single files; those for folders are in rooms.test.ts. A rule maps a file to its violation,
 * or to undefined when there is none. The last test gives each rule a violation, so that a rule that can no
 * longer fail is found.
 */

type SourceFile = { readonly file: string; readonly text: string; readonly imports: readonly string[] };

function isPure(file: string): boolean {
  return /^lib\/access\/scopes\/|^lib\/[^/]+\/[^/]+\/(model|roles|key-format|end-user|event|list-dto|frequency|cursor|sync-name|shared-apps)(\.ts)?$|^lib\/infrastructure\/(result|storable-text|bounded-schema|validation-issues)(\.ts)?$/.test(
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

const ownFolder = /^(app|components|lib|drizzle|scripts|e2e|bench)\//;

type Rule = (file: SourceFile) => string | undefined;

const rules: Record<string, Rule> = {
  "pure files import pure files": ({ file, imports }) =>
    isPure(file)
      ? imports.find((target) => !(isPure(target) || /^(zod|node:crypto|node:zlib)$/.test(target)))
      : undefined,

  "server files import neither pages nor React nor NextAuth": ({ file, imports }) =>
    file.startsWith("lib/") && !needsNext(file)
      ? imports.find(
          (target) => /^(app|components)\//.test(target) || /^(react|react-dom|next-auth)(\/|$)/.test(target),
        )
      : undefined,

  "only the dashboard worker imports Next": ({ file, imports }) =>
    file.startsWith("lib/") && !needsNext(file) && !file.startsWith("lib/server/dashboard-worker/")
      ? imports.find((target) => /^next(\/|$)/.test(target))
      : undefined,

  "files that need Next are marked in their first line": ({ file, text }) =>
    needsNext(file) && !/^(import "server-only";|"use server";)/.test(text) ? "first line" : undefined,

  "components import neither the database nor settings nor stores": ({ file, imports }) =>
    file.startsWith("components/")
      ? imports.find(
          (target) =>
            /^lib\/infrastructure\/(db|settings|sealing)(\/|$)/.test(target) ||
            target.startsWith("drizzle") ||
            isStore(target),
        )
      : undefined,

  "the product does not import test code or benchmarks": ({ file, imports }) =>
    /^(app|components|lib|drizzle)\//.test(file)
      ? imports.find((target) => /^(e2e|bench|lib\/testing)\//.test(target))
      : undefined,

  "only store files import Drizzle": ({ file, imports }) =>
    /^(drizzle\/|lib\/infrastructure\/db\/)/.test(file) || isStore(file)
      ? undefined
      : imports.find((target) => target.startsWith("drizzle-orm") || target.startsWith("drizzle/schema/")),

  "a store does not use another domain's store": ({ file, imports }) =>
    isStore(file)
      ? imports.find((target) => isStore(target) && path.posix.dirname(target) !== path.posix.dirname(file))
      : undefined,

  "the environment API imports neither pages nor Next": ({ file, imports }) =>
    file.startsWith("lib/environment-api/")
      ? imports.find((target) => /^(app|components)\/|^next(\/|$)/.test(target))
      : undefined,

  "a server action is created by installationAction, environmentAction or connectAction": ({ text }) =>
    /^\s*["']use server["']/m.test(text)
      ? [...text.matchAll(/^export .*/gm)].find(
          ([line]) =>
            !/^export const \w+ = (?:installation|environment|connect)Action\($/.test(line.replace("{", "")),
        )?.[0]
      : undefined,

  "an internal route is created by environmentRoute": ({ file, text }) =>
    file.startsWith("app/internal/")
      ? [...text.matchAll(/^export .*/gm)].find(
          ([line]) => !/^export const [A-Z]+ = environmentRoute\($/.test(line.replace("{", "")),
        )?.[0]
      : undefined,

  "imports use @/ for another folder and ./ for the same folder or one below, never ../": ({ file, text }) =>
    // Node runs the .mjs files directly and does not resolve @/.
    file.endsWith(".mjs") ? undefined : /(?:from|import|import\()\s*["'](\.\.\/[^"']*)["']/.exec(text)?.[1],

  "no file or folder is named utils, helpers, common, misc or index": ({ file }) =>
    /(^|\/)(utils?|helpers?|common|misc)(\.|\/)/.test(file) || /\/index\.tsx?$/.test(file)
      ? "name"
      : undefined,

  "scope names are written only in the catalog and in route declarations": ({ file, text }) =>
    /^lib\/access\/scopes\/|^lib\/environment-api\//.test(file)
      ? undefined
      : /["'`]environment:[a-z_]+/.exec(text)?.[0],

  "only lib/access/scopes compares scopes": ({ file, text }) =>
    /^lib\/access\/scopes\//.test(file) ? undefined : /(?:grants|scopes)\.includes\([^)]*\)/.exec(text)?.[0],
};

const files: SourceFile[] = readSourceFiles().map(({ file, text, imports }) => ({
  file,
  text,
  imports: imports.map(({ target }) => target),
}));

describe("import rules", () => {
  it("finds source files and imports", () => {
    expect(files.length).toBeGreaterThan(30);
    expect(
      files.flatMap(({ imports }) => imports.filter((target) => ownFolder.test(target))).length,
    ).toBeGreaterThan(50);
  });

  it.each(Object.entries(rules))("%s", (_, rule) => {
    const violations = files
      .filter(({ file }) => !isTestCode(file))
      .flatMap((source) => {
        const violation = rule(source);
        return violation === undefined ? [] : [`${source.file}: ${violation}`];
      });
    expect(violations).toEqual([]);
  });

  const exampleViolations: Record<keyof typeof rules, readonly [file: string, text: string]> = {
    "pure files import pure files": [
      "lib/access/scopes/x.ts",
      'import { database } from "@/lib/infrastructure/db/client";',
    ],
    "server files import neither pages nor React nor NextAuth": [
      "lib/x/y.ts",
      'import { cache } from "react";',
    ],
    "only the dashboard worker imports Next": ["lib/x/y.ts", 'import { headers } from "next/headers";'],
    "files that need Next are marked in their first line": [
      "lib/dashboard/server-actions/x.ts",
      "export const x = 1;",
    ],
    "components import neither the database nor settings nor stores": [
      "components/x.tsx",
      'import { x } from "@/lib/access/members/sign-in-store";',
    ],
    "the product does not import test code or benchmarks": [
      "lib/x/y.ts",
      'import { x } from "@/lib/testing/database";',
    ],
    "only store files import Drizzle": ["lib/x/y.ts", 'import { eq } from "drizzle-orm";'],
    "a store does not use another domain's store": ["lib/x/y-store.ts", 'import { x } from "@/lib/y/store";'],
    "the environment API imports neither pages nor Next": [
      "lib/environment-api/x.ts",
      'import next from "next";',
    ],
    "a server action is created by installationAction, environmentAction or connectAction": [
      "lib/dashboard/server-actions/x.ts",
      '"use server";\n\nexport async function deleteAll() {}',
    ],
    "an internal route is created by environmentRoute": [
      "app/internal/x/route.ts",
      "export async function GET() {}",
    ],
    "imports use @/ for another folder and ./ for the same folder or one below, never ../": [
      "lib/x/y.ts",
      'import { x } from "../z/y";',
    ],
    "no file or folder is named utils, helpers, common, misc or index": ["lib/utils.ts", ""],
    "scope names are written only in the catalog and in route declarations": [
      "lib/x/y.ts",
      'x = "environment:deploy"',
    ],
    "only lib/access/scopes compares scopes": ["lib/x/y.ts", "if (grants.includes(scope))"],
  };

  it.each(Object.entries(exampleViolations))("finds a violation of: %s", (name, [file, text]) => {
    const imports = importsOf(file, text).map(({ target }) => target);
    expect(rules[name]?.({ file, text, imports })).toBeTruthy();
  });
});
