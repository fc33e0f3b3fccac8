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

test("of a failed query only the cause is kept: its own message repeats the parameters", () => {
  const cause = Object.assign(new Error("duplicate key"), { code: "23505", detail: "(secret-5) exists" });
  const text = written((log) => {
    log.error({ err: new Error("Failed query: insert\nparams: secret-6", { cause }) }, "failed");
  });
  expect(text).not.toContain("secret");
  expect(JSON.parse(text)).toMatchObject({ err: { message: "duplicate key", code: "23505" } });
});
