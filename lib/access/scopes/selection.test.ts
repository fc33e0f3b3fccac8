import { describe, expect, it } from "vitest";
import { allScopes, fullAccess, includedScope, scopeGroups } from "./catalog";
import { profiles } from "./profiles";
import {
  addScopes,
  applyProfile,
  effectiveScopes,
  emptySelection,
  grantsFromSelection,
  groupState,
  matchesProfile,
  type Selection,
  scopeState,
  selectionFromGrants,
  toggleGroup,
  toggleScope,
} from "./selection";

const [integrations, connections] = scopeGroups;
const custom = (...selectedScopes: Selection["selectedScopes"]): Selection => ({
  access: "custom",
  selectedScopes,
});

describe("toggleScope", () => {
  it("selects and unselects", () => {
    const selected = toggleScope(emptySelection, "environment:deploy");
    expect(selected).toEqual(custom("environment:deploy"));
    expect(toggleScope(selected, "environment:deploy")).toEqual(emptySelection);
  });

  it("keeps catalog order, so that equal selections compare equal", () => {
    const late = toggleScope(custom("environment:mcp"), "environment:integrations:list");
    expect(late.selectedScopes).toEqual(["environment:integrations:list", "environment:mcp"]);
  });

  it("keeps a scope selected while another one includes it, then restores its own state", () => {
    const both = custom("environment:connections:read", "environment:connections:read_credentials");
    expect(scopeState(both.selectedScopes, "environment:connections:read")).toEqual({
      isSelected: true,
      includedIn: "environment:connections:read_credentials",
    });
    expect(toggleScope(both, "environment:connections:read")).toBe(both);
    expect(toggleScope(both, "environment:connections:read_credentials")).toEqual(
      custom("environment:connections:read"),
    );
    const alone = custom("environment:connections:read_credentials");
    expect(toggleScope(alone, "environment:connections:read_credentials")).toEqual(emptySelection);
  });

  it.each(allScopes.filter((scope) => includedScope(scope) !== null))(
    "%s covers itself and the scope that it includes",
    (scope) => {
      expect(effectiveScopes([scope])).toEqual(
        allScopes.filter((other) => other === scope || other === includedScope(scope)),
      );
    },
  );
});

describe("groups", () => {
  it("count an included scope as selected", () => {
    expect(groupState(["environment:connections:read_credentials"], connections)).toEqual({
      howMany: "some",
      selectedCount: 2,
      total: 5,
    });
    expect(groupState([], connections).howMany).toBe("none");
  });

  it("are selected, then unselected, and other groups stay as they are", () => {
    const start = custom("environment:integrations:write", "environment:deploy");
    const full = toggleGroup(start, integrations);
    expect(groupState(full.selectedScopes, integrations).howMany).toBe("all");
    expect(full.selectedScopes).not.toContain(fullAccess);
    expect(toggleGroup(full, integrations)).toEqual(custom("environment:deploy"));
  });

  it("add up to 21 scopes", () => {
    expect(scopeGroups).toHaveLength(10);
    const all = scopeGroups.reduce(toggleGroup, emptySelection);
    expect(effectiveScopes(all.selectedScopes)).toEqual(allScopes);
    expect(allScopes).toHaveLength(21);
    expect(grantsFromSelection(all)).not.toContain(fullAccess);
  });
});

describe("the selection as a grant", () => {
  it("is empty without selected scopes", () => {
    expect(grantsFromSelection(emptySelection)).toEqual([]);
  });

  it("keeps selected scopes while Full access is chosen", () => {
    const chosen = addScopes(emptySelection, ["environment:proxy"]);
    const full: Selection = { ...chosen, access: "full" };
    expect(grantsFromSelection(full)).toEqual([fullAccess]);
    expect(grantsFromSelection({ ...full, access: "custom" })).toEqual(["environment:proxy"]);
  });

  it("is restored from stored grants", () => {
    expect(selectionFromGrants([fullAccess])).toEqual({ access: "full", selectedScopes: [] });
    expect(selectionFromGrants(["environment:mcp"])).toEqual(custom("environment:mcp"));
  });
});

describe("profiles", () => {
  it.each(profiles.map((profile) => [profile.name, profile] as const))("%s is recognized", (_, profile) => {
    const applied = applyProfile(custom("environment:mcp"), profile);
    expect(profiles.filter((other) => matchesProfile(applied, other))).toEqual([profile]);
  });

  it("do not match after a change", () => {
    const [auth] = profiles;
    expect(matchesProfile(toggleScope(applyProfile(emptySelection, auth), "environment:mcp"), auth)).toBe(
      false,
    );
    expect(profiles.some((profile) => matchesProfile(emptySelection, profile))).toBe(false);
  });

  it("Local Development is Full access and keeps the selected scopes", () => {
    const applied = applyProfile(custom("environment:mcp"), profiles[3]);
    expect(applied).toEqual({ access: "full", selectedScopes: ["environment:mcp"] });
  });
});
