import { expect, it } from "vitest";
import { formatNumber, formatSpread, median, quantile } from "./statistics";

it("computes quantiles by nearest rank", () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(quantile(values, 0)).toBe(1);
  expect(quantile(values, 0.5)).toBe(50);
  expect(quantile(values, 0.99)).toBe(99);
  expect(quantile(values, 1)).toBe(100);
  expect(quantile([7], 0.99)).toBe(7);
  expect(median([3, 1, 2])).toBe(2);
  expect(median([])).toBeNaN();
});

it("formats numbers and their range", () => {
  expect([0, 12, 0.123456, 12.3456, 1234.5678].map(formatNumber)).toEqual([
    "0",
    "12",
    "0.123",
    "12.3",
    "1235",
  ]);
  expect(formatSpread([2.5, 1, 3])).toBe("1 to 3, 3 samples");
});
