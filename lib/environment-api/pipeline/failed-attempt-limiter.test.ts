import { describe, expect, it } from "vitest";
import { createFailedAttemptLimiter, networkOf } from "./failed-attempt-limiter";

describe("createFailedAttemptLimiter", () => {
  it("limits an address that has exceeded its limit until the minute is over, and no other address", () => {
    const limiter = createFailedAttemptLimiter(2);
    expect([1000, 2000].map((at) => limiter.recordFailure("10.0.0.1", at))).toEqual([null, null]);
    expect(limiter.recordFailure("10.0.0.1", 11_000)).toBe(50);
    expect(limiter.recordFailure("10.0.0.2", 11_000)).toBeNull();
    expect(limiter.recordFailure("10.0.0.1", 60_999)).toBe(1);
    expect(limiter.recordFailure("10.0.0.1", 61_000)).toBeNull();
  });

  it("never limits with a limit of 0", () => {
    const limiter = createFailedAttemptLimiter(0);
    for (let nowMs = 0; nowMs < 1000; nowMs += 1) expect(limiter.recordFailure("10.0.0.1", nowMs)).toBeNull();
  });

  it("drops the least recently seen address, so that memory stays bounded", () => {
    const limiter = createFailedAttemptLimiter(1);
    limiter.recordFailure("first", 0);
    limiter.recordFailure("kept", 0);
    for (let other = 0; other < 9_998; other += 1) limiter.recordFailure(`other-${other}`, 0);
    expect(limiter.recordFailure("kept", 1)).toBe(60);
    limiter.recordFailure("one more", 1);
    expect(limiter.recordFailure("first", 1)).toBeNull();
    expect(limiter.recordFailure("kept", 1)).toBe(60);
  });
});

describe("networkOf", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:db8::9", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["", ""],
  ])("%s counts as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
