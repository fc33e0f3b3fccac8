import { expect, it } from "vitest";
import { retryDelayMs } from "./retry";

const now = Date.parse("2026-05-01T12:00:00Z");
const policy = { retries: 3, retryOn: [409] };
const unavailable = (retryAfter?: string) => ({ status: 503, retryAfter });

it("doubles the delay with each attempt up to a minute, and stops after the last attempt", () => {
  expect([0, 1, 2, 3].map((attempt) => retryDelayMs(policy, attempt, unavailable(), now))).toEqual([
    500,
    1000,
    2000,
    null,
  ]);
  expect(retryDelayMs({ retries: 99, retryOn: [] }, 50, unavailable(), now)).toBe(60_000);
});

it.each([
  ["0", 0],
  ["2", 2000],
  ["60", 60_000],
  ["61", null],
  ["Fri, 01 May 2026 12:00:05 GMT", 5000],
  ["Fri, 01 May 2026 11:00:00 GMT", 0],
  ["Fri, 01 May 2026 13:00:00 GMT", null],
  ["soon", 500],
])("respects Retry-After: %s", (retryAfter, ms) => {
  expect(retryDelayMs(policy, 0, unavailable(retryAfter), now)).toBe(ms);
});

it.each([
  [200, null],
  [404, null],
  [409, 500],
  [429, 500],
  [500, 500],
  [599, 500],
])("after status %i", (status, ms) => {
  expect(retryDelayMs(policy, 0, { status, retryAfter: undefined }, now)).toBe(ms);
});

it.each([
  ["ECONNRESET", 500],
  ["EAI_AGAIN", 500],
  ["ENOTFOUND", null],
  ["ERR_PRIVATE_ADDRESS", null],
  ["ABORT_ERR", null],
])("after the network error %s", (code, ms) => {
  expect(retryDelayMs(policy, 0, { code }, now)).toBe(ms);
});
