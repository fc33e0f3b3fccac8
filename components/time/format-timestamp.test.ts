import { describe, expect, it } from "vitest";
import { formatShortDate, formatTimestamp } from "./format-timestamp";

const now = Date.UTC(2026, 10, 24, 18, 0, 0);

describe("formatTimestamp", () => {
  it("formats local and UTC time to the second", () => {
    expect(formatTimestamp("2026-09-03T22:03:52.123Z", "UTC")).toBe("3 Sep 2026, 22:03:52 UTC");
    expect(formatTimestamp("2026-09-03T22:03:52.123Z", "Asia/Tokyo")).toBe("4 Sep 2026, 07:03:52 GMT+9");
  });
});

describe("formatShortDate", () => {
  it.each([
    ["2026-11-24T00:00:00Z", "Today"],
    ["2026-11-23T23:59:59Z", "23 Nov"],
    ["2026-09-12T12:00:00Z", "12 Sep"],
    ["2025-11-24T12:00:00Z", "24 Nov 2025"],
  ])("formats %s as %s", (iso, text) => {
    expect(formatShortDate(iso, now, "UTC")).toBe(text);
  });

  it("uses the day of the time zone", () => {
    expect(formatShortDate("2026-11-23T23:59:59Z", now, "Europe/Berlin")).toBe("Today");
  });
});
