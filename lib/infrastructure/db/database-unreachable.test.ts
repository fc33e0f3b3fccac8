import { expect, it } from "vitest";
import { isDatabaseReadOnly } from "./database-read-only";
import { isDatabaseUnreachable } from "./database-unreachable";
import { UncertainAnswerError } from "./uncertain-answer-error";

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

it("an uncertain answer counts as an unreachable database", () => {
  expect(isDatabaseUnreachable(new UncertainAnswerError("x"))).toBe(true);
});

it("25006 means that the database is read-only, and is no unreachable database", () => {
  for (const error of [withCode("25006"), new Error("Failed query", { cause: withCode("25006") })]) {
    expect(isDatabaseReadOnly(error)).toBe(true);
    expect(isDatabaseUnreachable(error)).toBe(false);
  }
  for (const error of [withCode("25001"), new Error("25006"), null, "25006"]) {
    expect(isDatabaseReadOnly(error)).toBe(false);
  }
});
