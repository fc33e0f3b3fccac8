import { expect, it } from "vitest";
import { isDatabaseUnreachable } from "./database-unreachable";

const withCode = (code: unknown) => Object.assign(new Error("x"), { code });

it.each([
  "ECONNREFUSED",
  "CONNECT_TIMEOUT",
  "CONNECTION_ENDED",
  "57P01",
  "57P03",
  "08006",
  "53300",
  "28P01",
  "3D000",
])("%s means that the database is unreachable", (code) => {
  expect(isDatabaseUnreachable(withCode(code))).toBe(true);
  expect(isDatabaseUnreachable(new Error("Failed query", { cause: withCode(code) }))).toBe(true);
});

it.each(["23505", "22P05", "42601", "57014", "08", 57, undefined])("%s is another error", (code) => {
  expect(isDatabaseUnreachable(withCode(code))).toBe(false);
});

it.each([undefined, null, "ECONNREFUSED", new TypeError("x")])(
  "%s without a code is another error",
  (thrown) => {
    expect(isDatabaseUnreachable(thrown)).toBe(false);
  },
);
