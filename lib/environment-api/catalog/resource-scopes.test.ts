import { expect, it } from "vitest";
import { includedBy } from "@/lib/access/scopes/catalogue";
import { scopesThatShow } from "./resource-scopes";

it.each(["integrations", "connections"] as const)("finds the four scopes that show %s", (resource) => {
  const { read, credentials } = scopesThatShow(resource);
  expect([...read].sort()).toEqual([`environment:${resource}:list`, `environment:${resource}:read`]);
  expect(credentials.map(includedBy).sort()).toEqual([...read].sort());
});
