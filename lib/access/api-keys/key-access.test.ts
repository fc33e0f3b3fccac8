import { expect, it } from "vitest";
import { formatKeyAccess } from "@/components/key-access/format-key-access";
import type { Grant } from "@/lib/access/scopes/catalog";
import { findKeysWithAccess } from "./key-access";
import type { ApiKeySummary } from "./model";

const now = Date.parse("2026-11-24T12:00:00Z");

function key(displayName: string, grants: Grant[], expiresAt: string | null = null): ApiKeySummary {
  const rest = { prefix: "lk_test_", lastFour: "0000", createdBy: "test", lastUsedAt: null, lastUse: null };
  return { id: 1, displayName, grants, expiresAt, createdAt: "2026-11-01T00:00:00Z", ...rest };
}

const scopes = {
  read: ["environment:connections:list", "environment:connections:read"],
  credentials: ["environment:connections:list_credentials", "environment:connections:read_credentials"],
} as const;

it("finds the keys that can read a resource, those with credentials first", () => {
  const keys = [
    key("deploys", ["environment:deploy"]),
    key("reads", ["environment:connections:read"]),
    key("of another resource", ["environment:integrations:read_credentials"]),
    key("writes only", ["environment:connections:write"]),
    key("lists tokens", ["environment:connections:list_credentials"]),
    key("expired", ["environment:*"], "2026-11-24T12:00:00Z"),
    key("expires later", ["environment:*"], "2026-11-24T12:00:01Z"),
  ];
  const found = findKeysWithAccess(keys, scopes, now);
  expect(found.map(({ displayName, withCredentials }) => [displayName, withCredentials])).toEqual([
    ["lists tokens", true],
    ["expires later", true],
    ["reads", false],
  ]);
  expect(formatKeyAccess(found, "this")).toBe("3 keys can read this, 2 with credentials");
});

it.each([
  [[], "No key can read these"],
  [[true], "1 key can read these, with credentials"],
  [[false], "1 key can read these, without credentials"],
  [[true, true], "2 keys can read these, all with credentials"],
  [[false, false], "2 keys can read these, none with credentials"],
  [[true, false, false], "3 keys can read these, 1 with credentials"],
] as const)("formats %j", (with_, sentence) => {
  const keys = with_.map((withCredentials) => ({ withCredentials }));
  expect(formatKeyAccess(keys, "these")).toBe(sentence);
});
