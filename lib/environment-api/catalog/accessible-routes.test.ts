import { expect, it } from "vitest";
import { allScopes } from "@/lib/access/scopes/catalog";
import { connectSessionOnly } from "@/lib/environment-api/pipeline/scoped-route";
import { routesForAnyKey, routesForScope } from "./accessible-routes";
import { declaredRoutes } from "./declared-routes";

it("shows every declared route that a key opens under a scope or under any key", () => {
  const shown = new Set(
    [...allScopes.flatMap(routesForScope), ...routesForAnyKey].map(({ method, path }) => `${method} ${path}`),
  );
  const declared = declaredRoutes.filter(
    ({ aliasOf, scope }) => aliasOf === null && scope !== connectSessionOnly,
  );
  expect([...shown].sort()).toEqual(declared.map(({ method, path }) => `${method} ${path}`).sort());
});

it.each(allScopes)("%s opens something", (scope) => {
  expect(routesForScope(scope)).not.toEqual([]);
});

it("shows what a credentials scope opens through the scope it contains, with what it adds", () => {
  const list = routesForScope("environment:connections:list_credentials").find(
    ({ path }) => path === "/connections",
  );
  expect(list).toMatchObject({ method: "GET", withCredentials: true });
  expect(routesForScope("environment:connections:list")).toContainEqual({ ...list, withCredentials: false });
  expect(routesForScope("environment:connections:read").some(({ path }) => path === "/connections")).toBe(
    false,
  );
});
