import { expect, test } from "vitest";
import { createIsoClock } from "./iso-clock";

test("formats each millisecond, forwards and backwards", () => {
  let now = 0;
  const clock = createIsoClock(() => now);
  const times = [0, 0, 1, 1, 0, 1_764_000_000_000].map((milliseconds) => {
    now = milliseconds;
    return clock();
  });
  expect(times).toEqual([
    "1970-01-01T00:00:00.000Z",
    "1970-01-01T00:00:00.000Z",
    "1970-01-01T00:00:00.001Z",
    "1970-01-01T00:00:00.001Z",
    "1970-01-01T00:00:00.000Z",
    "2025-11-24T16:00:00.000Z",
  ]);
});
