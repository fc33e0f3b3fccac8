import { expect, it } from "vitest";
import { includedScope } from "@/lib/access/scopes/catalog";
import { scopesForResource } from "./resource-scopes";

it.each(["integrations", "connections"] as const)("finds the four scopes that read %s", (resource) => {
  const { read, credentials } = scopesForResource(resource);
  expect([...read].sort()).toEqual([`environment:${resource}:list`, `environment:${resource}:read`]);
  expect(credentials.map(includedScope).sort()).toEqual([...read].sort());
});
