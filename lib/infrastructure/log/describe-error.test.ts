import { expect, it } from "vitest";
import { describeError } from "./describe-error";

it("says what went wrong and where without a value of the request", () => {
  const cause = Object.assign(new Error("duplicate (name)=(hush)\n    at hush"), {
    name: "PostgresError",
    code: "23505",
    constraint_name: "some_unique",
    detail: "hush",
  });
  const error = new Error("Failed query: insert\nparams: hush", { cause });
  Object.assign(error, { query: "insert into t values ($1)", params: ["hush"] });
  const description = describeError(error);
  expect(description).toMatchObject({
    name: "Error",
    query: "insert into t values ($1)",
    cause: { code: "23505", constraint: "some_unique" },
  });
  expect(description.stack[0]).toMatch(/^at .*describe-error\.test/);
  expect(JSON.stringify(description)).not.toContain("hush");
});

it("keeps the words of an error of our own", () => {
  expect(describeError(new Error("nextval returned nothing")).message).toBe("nextval returned nothing");
});

it("takes anything that is thrown", () => {
  for (const thrown of [undefined, null, "hush", { code: 7 }]) {
    expect(JSON.stringify(describeError(thrown))).not.toContain("hush");
  }
});
