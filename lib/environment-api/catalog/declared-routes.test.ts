import { expect, it } from "vitest";
import { allScopes } from "@/lib/access/scopes/catalog";
import { anyValidKey, connectSessionOnly, jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { allRoutes } from "./all-routes";
import { declaredRoutes } from "./declared-routes";

it("lists each route and each older path once, without a database", () => {
  const names = declaredRoutes.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain("GET /connection/{connectionId}");
  expect(globalThis.latchkeyPool).toBeUndefined();
});

it("names only scopes of the catalog, any valid key or a connect session", () => {
  const allowed: readonly string[] = [...allScopes, anyValidKey, connectSessionOnly];
  for (const { scope, credentialsScope } of declaredRoutes) {
    expect(allowed).toContain(scope);
    if (credentialsScope !== null) expect(credentialsScope).toMatch(/_credentials$/);
  }
});

it("puts a fixed path before a path with a parameter that matches it", () => {
  for (const [index, later] of allRoutes.entries()) {
    for (const earlier of allRoutes.slice(0, index)) {
      const pattern = new RegExp(`^${earlier.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
      const hidden = earlier.method === later.method && !later.path.includes("{") && pattern.test(later.path);
      expect(hidden, `${later.method} ${later.path}`).toBe(false);
    }
  }
});

it("does not compile without a scope", () => {
  const declaration = {
    ...noInput,
    method: "GET",
    path: "/x",
    summary: "x",
    response: { status: 200, schema: noInput.body },
    handler: async () => ({ ok: true, value: {} }) as const,
  } as const;
  // @ts-expect-error The scope is missing.
  jsonRoute(declaration);
  // @ts-expect-error The scope does not exist.
  jsonRoute({ ...declaration, scope: "environment:everything" });
  expect(jsonRoute({ ...declaration, scope: anyValidKey }).scope).toBe(anyValidKey);
});
