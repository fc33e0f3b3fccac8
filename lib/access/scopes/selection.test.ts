import { describe, expect, it } from "vitest";
import { allScopes, fullAccess, includedBy, scopeGroups } from "./catalogue";
import { profiles } from "./profiles";
import {
  applyProfile,
  emptySelection,
  grantsOf,
  groupState,
  heldScopes,
  isProfile,
  type Selection,
  scopeState,
  selectionOf,
  tickScopes,
  toggleGroup,
  toggleScope,
} from "./selection";

const [integrations, connections] = scopeGroups;
const custom = (...chosen: Selection["chosen"]): Selection => ({ access: "custom", chosen });

describe("toggleScope", () => {
  it("ticks and unticks", () => {
    const ticked = toggleScope(emptySelection, "environment:deploy");
    expect(ticked).toEqual(custom("environment:deploy"));
    expect(toggleScope(ticked, "environment:deploy")).toEqual(emptySelection);
  });

  it("keeps the catalogue's order, so that the same ticks are the same selection", () => {
    const late = toggleScope(custom("environment:mcp"), "environment:integrations:list");
    expect(late.chosen).toEqual(["environment:integrations:list", "environment:mcp"]);
  });

  it("locks the plain scope while its credentials scope is ticked, and gives it back as it was", () => {
    const both = custom("environment:connections:read", "environment:connections:read_credentials");
    expect(scopeState(both.chosen, "environment:connections:read")).toEqual({
      isTicked: true,
      includedIn: "environment:connections:read_credentials",
    });
    expect(toggleScope(both, "environment:connections:read")).toBe(both);
    expect(toggleScope(both, "environment:connections:read_credentials")).toEqual(
      custom("environment:connections:read"),
    );
    const alone = custom("environment:connections:read_credentials");
    expect(toggleScope(alone, "environment:connections:read_credentials")).toEqual(emptySelection);
  });

  it.each(allScopes.filter((scope) => includedBy(scope) !== null))("%s holds what it contains", (scope) => {
    expect(heldScopes([scope])).toEqual(
      allScopes.filter((other) => other === scope || other === includedBy(scope)),
    );
  });
});

describe("groups", () => {
  it("counts a contained scope as held", () => {
    expect(groupState(["environment:connections:read_credentials"], connections)).toEqual({
      ticked: "some",
      held: 2,
      total: 5,
    });
    expect(groupState([], connections).ticked).toBe("none");
  });

  it("fills, then empties, and leaves other groups alone", () => {
    const start = custom("environment:integrations:write", "environment:deploy");
    const full = toggleGroup(start, integrations);
    expect(groupState(full.chosen, integrations).ticked).toBe("all");
    expect(full.chosen).not.toContain(fullAccess);
    expect(toggleGroup(full, integrations)).toEqual(custom("environment:deploy"));
  });

  it("add up to 21 scopes", () => {
    expect(scopeGroups).toHaveLength(10);
    const all = scopeGroups.reduce(toggleGroup, emptySelection);
    expect(heldScopes(all.chosen)).toEqual(allScopes);
    expect(allScopes).toHaveLength(21);
    expect(grantsOf(all)).not.toContain(fullAccess);
  });
});

describe("the selection as a grant", () => {
  it("is nothing until something is ticked", () => {
    expect(grantsOf(emptySelection)).toEqual([]);
  });

  it("survives a visit to Full access", () => {
    const chosen = tickScopes(emptySelection, ["environment:proxy"]);
    const visiting: Selection = { ...chosen, access: "full" };
    expect(grantsOf(visiting)).toEqual([fullAccess]);
    expect(grantsOf({ ...visiting, access: "custom" })).toEqual(["environment:proxy"]);
  });

  it("comes back from what is stored", () => {
    expect(selectionOf([fullAccess])).toEqual({ access: "full", chosen: [] });
    expect(selectionOf(["environment:mcp"])).toEqual(custom("environment:mcp"));
  });
});

describe("profiles", () => {
  it.each(profiles.map((profile) => [profile.name, profile] as const))("%s is recognised", (_, profile) => {
    const applied = applyProfile(custom("environment:mcp"), profile);
    expect(profiles.filter((other) => isProfile(applied, other))).toEqual([profile]);
  });

  it("is no longer itself after a change", () => {
    const [auth] = profiles;
    expect(isProfile(toggleScope(applyProfile(emptySelection, auth), "environment:mcp"), auth)).toBe(false);
    expect(profiles.some((profile) => isProfile(emptySelection, profile))).toBe(false);
  });

  it("Local Development is Full access and keeps the ticks", () => {
    const applied = applyProfile(custom("environment:mcp"), profiles[3]);
    expect(applied).toEqual({ access: "full", chosen: ["environment:mcp"] });
  });
});
