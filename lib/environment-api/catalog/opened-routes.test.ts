import { expect, it } from "vitest";
import { allScopes } from "@/lib/access/scopes/catalogue";
import { connectSessionOnly } from "@/lib/environment-api/pipeline/scoped-route";
import { declaredRoutes } from "./declared-routes";
import { routesOfAnyKey, routesOpenedBy } from "./opened-routes";

it("shows every declared route that a key opens under a scope or under any key", () => {
  const shown = new Set(
    [...allScopes.flatMap(routesOpenedBy), ...routesOfAnyKey].map(({ method, path }) => `${method} ${path}`),
  );
  const declared = declaredRoutes.filter(
    ({ aliasOf, scope }) => aliasOf === null && scope !== connectSessionOnly,
  );
  expect([...shown].sort()).toEqual(declared.map(({ method, path }) => `${method} ${path}`).sort());
});

it.each(allScopes)("%s opens something", (scope) => {
  expect(routesOpenedBy(scope)).not.toEqual([]);
});

it("shows what a credentials scope opens through the scope it contains, with what it adds", () => {
  const list = routesOpenedBy("environment:connections:list_credentials").find(
    ({ path }) => path === "/connections",
  );
  expect(list).toMatchObject({ method: "GET", withCredentials: true });
  expect(routesOpenedBy("environment:connections:list")).toContainEqual({ ...list, withCredentials: false });
  expect(routesOpenedBy("environment:connections:read").some(({ path }) => path === "/connections")).toBe(
    false,
  );
});
