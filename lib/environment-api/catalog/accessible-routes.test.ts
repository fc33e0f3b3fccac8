import { expect, it } from "vitest";
import { allScopes } from "@/lib/access/scopes/catalog";
import { connectSessionOnly } from "@/lib/environment-api/pipeline/route";
import { routesForAnyKey, routesForScope } from "./accessible-routes";
import { declaredRoutes } from "./declared-routes";

it("lists every declared route that accepts keys, under a scope or under any key", () => {
  const listed = new Set(
    [...allScopes.flatMap(routesForScope), ...routesForAnyKey].map(({ method, path }) => `${method} ${path}`),
  );
  const declared = declaredRoutes.filter(
    ({ aliasOf, scope }) => aliasOf === null && scope !== connectSessionOnly,
  );
  expect([...listed].sort()).toEqual(declared.map(({ method, path }) => `${method} ${path}`).sort());
});

it.each(allScopes)("%s gives access to at least one route", (scope) => {
  expect(routesForScope(scope)).not.toEqual([]);
});

it("lists routes of the scope that a credentials scope includes, marked as with credentials", () => {
  const list = routesForScope("environment:connections:list_credentials").find(
    ({ path }) => path === "/connections",
  );
  expect(list).toMatchObject({ method: "GET", withCredentials: true });
  expect(routesForScope("environment:connections:list")).toContainEqual({ ...list, withCredentials: false });
  expect(routesForScope("environment:connections:read").some(({ path }) => path === "/connections")).toBe(
    false,
  );
});
