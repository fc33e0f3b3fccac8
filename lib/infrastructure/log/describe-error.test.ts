import { expect, it } from "vitest";
import { describeError } from "./describe-error";

it("describes the error and its stack without any value of the request", () => {
  const cause = Object.assign(new Error("duplicate (name)=(secret)\n    at secret"), {
    name: "PostgresError",
    code: "23505",
    constraint_name: "some_unique",
    detail: "secret",
  });
  const error = new Error("Failed query: insert\nparams: secret", { cause });
  Object.assign(error, { query: "insert into t values ($1)", params: ["secret"] });
  const description = describeError(error);
  expect(description).toMatchObject({
    name: "Error",
    query: "insert into t values ($1)",
    cause: { code: "23505", constraint: "some_unique" },
  });
  expect(description.stack[0]).toMatch(/^at .*describe-error\.test/);
  expect(JSON.stringify(description)).not.toContain("secret");
});

it("keeps the message of the application's own error", () => {
  expect(describeError(new Error("nextval returned nothing")).message).toBe("nextval returned nothing");
});

it("accepts any thrown value", () => {
  for (const thrown of [undefined, null, "secret", { code: 7 }]) {
    expect(JSON.stringify(describeError(thrown))).not.toContain("secret");
  }
});
