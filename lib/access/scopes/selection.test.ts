import { describe, expect, it } from "vitest";
import { allScopes, fullAccess, includedScope, scopeGroups } from "./catalog";
import { profiles } from "./profiles";
import {
  applyProfile,
  effectiveScopes,
  emptySelection,
  grantsFromSelection,
  groupState,
  matchesProfile,
  type Selection,
  scopeState,
  selectionFromGrants,
  selectScopes,
  toggleGroup,
  toggleScope,
} from "./selection";

const [integrations, connections] = scopeGroups;
const custom = (...selectedScopes: Selection["selectedScopes"]): Selection => ({
  access: "custom",
  selectedScopes: selectedScopes,
});

describe("toggleScope", () => {
  it("ticks and unticks", () => {
    const ticked = toggleScope(emptySelection, "environment:deploy");
    expect(ticked).toEqual(custom("environment:deploy"));
    expect(toggleScope(ticked, "environment:deploy")).toEqual(emptySelection);
  });

  it("keeps the catalogue's order, so that the same ticks are the same selection", () => {
    const late = toggleScope(custom("environment:mcp"), "environment:integrations:list");
    expect(late.selectedScopes).toEqual(["environment:integrations:list", "environment:mcp"]);
  });

  it("locks the plain scope while its credentials scope is ticked, and gives it back as it was", () => {
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
    "%s holds what it contains",
    (scope) => {
      expect(effectiveScopes([scope])).toEqual(
        allScopes.filter((other) => other === scope || other === includedScope(scope)),
      );
    },
  );
});

describe("groups", () => {
  it("counts a contained scope as held", () => {
    expect(groupState(["environment:connections:read_credentials"], connections)).toEqual({
      selected: "some",
      selectedCount: 2,
      total: 5,
    });
    expect(groupState([], connections).selected).toBe("none");
  });

  it("fills, then empties, and leaves other groups alone", () => {
    const start = custom("environment:integrations:write", "environment:deploy");
    const full = toggleGroup(start, integrations);
    expect(groupState(full.selectedScopes, integrations).selected).toBe("all");
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
  it("is nothing until something is ticked", () => {
    expect(grantsFromSelection(emptySelection)).toEqual([]);
  });

  it("survives a visit to Full access", () => {
    const chosen = selectScopes(emptySelection, ["environment:proxy"]);
    const visiting: Selection = { ...chosen, access: "full" };
    expect(grantsFromSelection(visiting)).toEqual([fullAccess]);
    expect(grantsFromSelection({ ...visiting, access: "custom" })).toEqual(["environment:proxy"]);
  });

  it("comes back from what is stored", () => {
    expect(selectionFromGrants([fullAccess])).toEqual({ access: "full", selectedScopes: [] });
    expect(selectionFromGrants(["environment:mcp"])).toEqual(custom("environment:mcp"));
  });
});

describe("profiles", () => {
  it.each(profiles.map((profile) => [profile.name, profile] as const))("%s is recognised", (_, profile) => {
    const applied = applyProfile(custom("environment:mcp"), profile);
    expect(profiles.filter((other) => matchesProfile(applied, other))).toEqual([profile]);
  });

  it("is no longer itself after a change", () => {
    const [auth] = profiles;
    expect(matchesProfile(toggleScope(applyProfile(emptySelection, auth), "environment:mcp"), auth)).toBe(
      false,
    );
    expect(profiles.some((profile) => matchesProfile(emptySelection, profile))).toBe(false);
  });

  it("Local Development is Full access and keeps the ticks", () => {
    const applied = applyProfile(custom("environment:mcp"), profiles[3]);
    expect(applied).toEqual({ access: "full", selectedScopes: ["environment:mcp"] });
  });
});
