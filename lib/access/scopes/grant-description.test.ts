import { describe, expect, it } from "vitest";
import { allScopes, fullAccess, scopeEntries } from "./catalog";
import { canListConnections, formatGrantDescription } from "./grant-description";
import { profiles } from "./profiles";

describe("formatGrantDescription", () => {
  it("is null without grants", () => {
    expect(formatGrantDescription([])).toBeNull();
  });

  it("describes Full access without a limit", () => {
    expect(formatGrantDescription([fullAccess])).toEqual({
      can: "do everything in this environment, now and later",
      cannot: null,
    });
  });

  it("describes the grants of a backend service", () => {
    expect(
      formatGrantDescription([...profiles[2].grants, "environment:connections:read_credentials"]),
    ).toEqual({
      can: "read single connections with their tokens, trigger and pause syncs, read records, trigger actions, and call external APIs through the proxy",
      cannot: "change integrations or connections, deploy, or list connections: connection IDs stay secret",
    });
  });

  it.each(scopeEntries)("describes $scope", ({ scope, ability }) => {
    expect(formatGrantDescription([scope])?.can).toBe(ability);
  });

  it("never lists an allowed action under cannot", () => {
    expect(formatGrantDescription(allScopes)?.cannot).toBeNull();
    expect(formatGrantDescription(["environment:connections:list_credentials"])?.cannot).not.toMatch(
      /credentials|list/,
    );
    expect(formatGrantDescription(["environment:integrations:write"])?.cannot).not.toContain("change");
  });
});

it("allows listing connections with either list scope and with Full access", () => {
  expect(canListConnections(["environment:connections:list_credentials"])).toBe(true);
  expect(canListConnections([fullAccess])).toBe(true);
  expect(canListConnections(["environment:connections:read"])).toBe(false);
});
