import { describe, expect, it } from "vitest";
import { formatAge } from "./format-age";

const now = Date.UTC(2026, 10, 24, 18, 0, 0);
const second = 1000;
const day = 86_400 * second;

describe("formatAge", () => {
  it.each([
    [0, "now"],
    [999, "now"],
    [1000, "1 s ago"],
    [4 * second, "4 s ago"],
    [59_999, "59 s ago"],
    [60 * second, "1 min ago"],
    [3_599_999, "59 min ago"],
    [3600 * second, "1 h ago"],
    [day - 1, "23 h ago"],
    [day, "1 d ago"],
    [6 * day, "6 d ago"],
    [400 * day, "400 d ago"],
  ])("after %d ms: %s", (age, text) => {
    expect(formatAge(now - age, now)).toBe(text);
  });

  it("formats a time in the future as now", () => {
    expect(formatAge(now + 5000, now)).toBe("now");
  });
});
