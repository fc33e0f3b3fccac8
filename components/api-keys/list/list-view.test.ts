import { describe, expect, it } from "vitest";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { fullAccess } from "@/lib/access/scopes/catalog";
import {
  countByActivity,
  defaultView,
  filterAndSortKeys,
  formatView,
  type ListView,
  parseView,
  toggleSort,
} from "./list-view";

const now = Date.UTC(2026, 10, 24, 18, 0, 0);
const ago = (hours: number) => new Date(now - hours * 3_600_000).toISOString();

const key = (id: number, displayName: string, more: Partial<ApiKeySummary> = {}): ApiKeySummary => ({
  id,
  displayName,
  prefix: "lk_test_",
  lastFour: "0000",
  grants: ["environment:deploy"],
  createdBy: "admin@example.com",
  createdAt: ago(1000 - id),
  expiresAt: null,
  lastUsedAt: null,
  lastUse: null,
  ...more,
});

const keys = [
  key(1, "Default - Full access", { grants: [fullAccess], lastUsedAt: ago(0.001), lastFour: "9f2a" }),
  key(2, "billing 10", { grants: ["environment:connections:read_credentials"], lastUsedAt: ago(25) }),
  key(3, "Billing 9", { grants: ["environment:connections:list"] }),
  key(4, "old", { expiresAt: ago(1), lastUsedAt: ago(2) }),
];

const ids = (view: Partial<ListView>) =>
  filterAndSortKeys(keys, { ...defaultView, ...view }, now).map(({ id }) => id);

describe("filterAndSortKeys", () => {
  it("searches by name, scope and last four", () => {
    expect(ids({ query: " BILLING " })).toEqual([2, 3]);
    expect(ids({ query: "9F2A" })).toEqual([1]);
    expect(ids({ query: "lk_test_9f2a" })).toEqual([1]);
    expect(ids({ query: "CI/CD" })).toEqual([4]);
    expect(ids({ query: "read_cred" })).toEqual([2]);
    expect(ids({ query: "nothing like it" })).toEqual([]);
  });

  it("finds every key that covers a scope typed in full", () => {
    expect(ids({ query: "environment:connections:read" })).toEqual([1, 2]);
    expect(ids({ query: "environment:connections:list" })).toEqual([1, 3]);
  });

  it("sorts by every column in both directions", () => {
    expect(ids({ sort: "name" })).toEqual([3, 2, 1, 4]);
    expect(ids({ sort: "name", descending: true })).toEqual([4, 1, 2, 3]);
    expect(ids({ sort: "last_used", descending: true })).toEqual([1, 4, 2, 3]);
    expect(ids({ sort: "created" })).toEqual([1, 2, 3, 4]);
    expect(ids({ sort: "key" })).toEqual([2, 3, 4, 1]);
    expect(ids({ sort: "permissions" })).toEqual([3, 2, 4, 1]);
  });

  it("filters and counts by activity", () => {
    expect(ids({ filter: "in_use" })).toEqual([1]);
    expect(ids({ filter: "quiet" })).toEqual([2]);
    expect(ids({ filter: "never_used" })).toEqual([3]);
    expect(ids({ filter: "expired" })).toEqual([4]);
    expect(countByActivity(keys, now)).toEqual({ all: 4, in_use: 1, quiet: 1, never_used: 1, expired: 1 });
  });
});

describe("the view in the URL", () => {
  it("is empty by default and parses to the same view", () => {
    expect(formatView(defaultView)).toBe("");
    const view: ListView = { query: "a & b", filter: "quiet", sort: "last_used", descending: true };
    expect(parseView(new URLSearchParams(formatView(view)))).toEqual(view);
    const newestFirst = { ...defaultView, descending: true };
    expect(parseView(new URLSearchParams(formatView(newestFirst)))).toEqual(newestFirst);
  });

  it("ignores invalid parameters", () => {
    expect(parseView(new URLSearchParams("sort=-secret&show=everything&other=1"))).toEqual(defaultView);
  });

  it("reverses the order when the same column is chosen again", () => {
    const up = toggleSort(defaultView, "name");
    expect(up).toEqual({ ...defaultView, sort: "name", descending: false });
    expect(toggleSort(up, "name").descending).toBe(true);
    expect(toggleSort(toggleSort(up, "name"), "name").descending).toBe(false);
  });
});
