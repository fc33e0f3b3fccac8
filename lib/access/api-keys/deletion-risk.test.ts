import { describe, expect, it } from "vitest";
import { fullAccess, type Grant } from "@/lib/access/scopes/catalog";
import { deletionRisk } from "./deletion-risk";
import { getKeyActivity } from "./key-activity";
import type { ApiKeySummary } from "./model";

const now = Date.UTC(2026, 10, 24, 18, 0, 0);
const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000).toISOString();

const key = (id: number, grant: Grant, lastUsedAt: string | null): ApiKeySummary => ({
  id,
  displayName: `key ${id}`,
  prefix: "lk_test_",
  lastFour: "0000",
  grants: [grant],
  createdBy: "admin@example.com",
  createdAt: hoursAgo(100),
  expiresAt: null,
  lastUsedAt,
  lastUse: null,
});

describe("getKeyActivity", () => {
  it.each([
    [null, null, "never_used"],
    [null, hoursAgo(0), "in_use"],
    [null, hoursAgo(23.99), "in_use"],
    [null, hoursAgo(24), "quiet"],
    [hoursAgo(0), hoursAgo(1), "expired"],
    [hoursAgo(-1), hoursAgo(1), "in_use"],
  ])("expires %s, used %s: %s", (expiresAt, lastUsedAt, activity) => {
    expect(getKeyActivity({ expiresAt, lastUsedAt }, now)).toBe(activity);
  });
});

describe("deletionRisk", () => {
  const full = key(1, fullAccess, null);
  const quiet = key(2, "environment:mcp", hoursAgo(25));

  it("is none for an unused key", () => {
    expect(deletionRisk(quiet, [full, quiet], now)).toBe("none");
  });

  it("is in_use for a key used in the last 24 hours", () => {
    const busy = key(3, "environment:mcp", hoursAgo(1));
    expect(deletionRisk(busy, [full, busy], now)).toBe("in_use");
  });

  it("is last_full_access for the only key with Full access that has not expired", () => {
    expect(deletionRisk(full, [full, quiet], now)).toBe("last_full_access");
    const second = key(4, fullAccess, null);
    expect(deletionRisk(full, [full, second], now)).toBe("none");
    expect(deletionRisk(full, [full, { ...second, expiresAt: hoursAgo(1) }], now)).toBe("last_full_access");
  });
});
