import { describe, expect, it } from "vitest";
import { allScopes, fullAccess, scopeEntries } from "./catalog";
import { canListConnections, formatGrantDescription } from "./grant-description";
import { profiles } from "./profiles";

describe("sayGrants", () => {
  it("says nothing for nothing", () => {
    expect(formatGrantDescription([])).toBeNull();
  });

  it("says that Full access has no limit", () => {
    expect(formatGrantDescription([fullAccess])).toEqual({
      can: "do everything in this environment, now and later",
      cannot: null,
    });
  });

  it("reads a backend's grant back", () => {
    expect(
      formatGrantDescription([...profiles[2].grants, "environment:connections:read_credentials"]),
    ).toEqual({
      can: "read single connections with their tokens, trigger and pause syncs, read records, trigger actions, and call external APIs through the proxy",
      cannot: "change integrations or connections, deploy, or list connections: connection IDs stay secret",
    });
  });

  it.each(scopeEntries)("names what $scope allows", ({ scope, ability }) => {
    expect(formatGrantDescription([scope])?.can).toBe(ability);
  });

  it("never says that a key cannot do what it can", () => {
    expect(formatGrantDescription(allScopes)?.cannot).toBeNull();
    expect(formatGrantDescription(["environment:connections:list_credentials"])?.cannot).not.toMatch(
      /credentials|list/,
    );
    expect(formatGrantDescription(["environment:integrations:write"])?.cannot).not.toContain("change");
  });
});

it("sees connection IDs through either list scope and through Full access", () => {
  expect(canListConnections(["environment:connections:list_credentials"])).toBe(true);
  expect(canListConnections([fullAccess])).toBe(true);
  expect(canListConnections(["environment:connections:read"])).toBe(false);
});
