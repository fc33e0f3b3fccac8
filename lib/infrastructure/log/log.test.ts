import { expect, test } from "vitest";
import { openLog } from "./log";

function written(write: (log: ReturnType<typeof openLog>) => void): string {
  let text = "";
  write(
    openLog("info", {
      write: (line) => {
        text += line;
      },
    }),
  );
  return text;
}

test("authorization and cookies never reach the log", () => {
  const headers = {
    authorization: "Bearer secret-1",
    cookie: "secret-2",
    "set-cookie": "secret-3",
    accept: "x",
  };
  const text = written((log) => {
    log.info({ headers, req: { headers }, res: { headers }, authorization: "secret-4" }, "request");
  });
  expect(text).not.toContain("secret");
  expect(JSON.parse(text)).toMatchObject({ msg: "request", headers: { accept: "x" } });
});

test("a failed query is logged with its codes, without its parameters", () => {
  const cause = Object.assign(new Error('invalid input syntax for type bigint: "secret-7"'), {
    name: "PostgresError",
    code: "22P02",
    detail: "(secret-5) exists",
  });
  const text = written((log) => {
    const failed = Object.assign(new Error("Failed query: insert\nparams: secret-6", { cause }), {
      query: "insert",
    });
    log.error({ err: failed }, "failed");
  });
  expect(text).not.toContain("secret");
  expect(JSON.parse(text)).toMatchObject({ err: { query: "insert", cause: { code: "22P02" } } });
});

test("a bug is logged with its message and stack", () => {
  const text = written((log) => log.error({ err: new TypeError("x is not a function") }, "failed"));
  expect(JSON.parse(text)).toMatchObject({
    err: {
      name: "TypeError",
      message: "x is not a function",
      stack: expect.arrayContaining([expect.stringContaining("log.test.ts")]),
    },
  });
});
