import { describe, expect, it } from "vitest";
import { allScopes, fullAccess, scopeEntries } from "./catalogue";
import { profiles } from "./profiles";
import { canListConnections, sayGrants } from "./sentences";

describe("sayGrants", () => {
  it("says nothing for nothing", () => {
    expect(sayGrants([])).toBeNull();
  });

  it("says that Full access has no limit", () => {
    expect(sayGrants([fullAccess])).toEqual({
      can: "do everything in this environment, now and later",
      cannot: null,
    });
  });

  it("reads a backend's grant back", () => {
    expect(sayGrants([...profiles[2].grants, "environment:connections:read_credentials"])).toEqual({
      can: "read single connections with their tokens, trigger and pause syncs, read records, trigger actions, and call external APIs through the proxy",
      cannot: "change integrations or connections, deploy, or list connections: connection IDs stay secret",
    });
  });

  it.each(scopeEntries)("names what $scope allows", ({ scope, ability }) => {
    expect(sayGrants([scope])?.can).toBe(ability);
  });

  it("never says that a key cannot do what it can", () => {
    expect(sayGrants(allScopes)?.cannot).toBeNull();
    expect(sayGrants(["environment:connections:list_credentials"])?.cannot).not.toMatch(/credentials|list/);
    expect(sayGrants(["environment:integrations:write"])?.cannot).not.toContain("change");
  });
});

it("sees connection IDs through either list scope and through Full access", () => {
  expect(canListConnections(["environment:connections:list_credentials"])).toBe(true);
  expect(canListConnections([fullAccess])).toBe(true);
  expect(canListConnections(["environment:connections:read"])).toBe(false);
});
