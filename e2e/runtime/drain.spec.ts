import { connect } from "node:net";
import { openDataFolderDatabase } from "@/e2e/fixtures/data-folder-database";
import { expect, test } from "@/e2e/fixtures/runtime-test";

test("after SIGTERM it says that it is not ready and serves on, then leaves clean", async ({ launch }) => {
  const latchkey = await launch({ env: { LATCHKEY_DRAIN_SECONDS: "3" } });
  await latchkey.ready;
  const get = (path: string) => fetch(`${latchkey.baseURL}${path}`);
  expect((await get("/readyz")).status).toBe(200);

  latchkey.child.kill("SIGTERM");
  await expect.poll(async () => (await get("/readyz")).status).toBe(503);
  const readiness = await get("/readyz");
  expect(await readiness.json()).toEqual({ status: "draining" });
  expect(readiness.headers.get("connection")).toBe("close");
  const call = await get("/connections");
  expect([call.status, call.headers.get("connection")]).toEqual([401, "close"]);
  expect((await get("/healthz")).status).toBe(200);
  expect(latchkey.child.exitCode).toBe(null);

  expect(await latchkey.ended).toEqual({ code: 0, signal: null });
  expect(latchkey.output().stderr).toBe("");
  // The line of a call that was answered while it drained is not lost with the process.
  expect(latchkey.output().stdout).toContain(call.headers.get("x-request-id") ?? "no id");
});

test("Ctrl-C does not wait", async ({ launch }) => {
  const latchkey = await launch({ env: { LATCHKEY_DRAIN_SECONDS: "300" } });
  await latchkey.ready;
  latchkey.child.kill("SIGINT");
  expect(await latchkey.ended).toEqual({ code: 0, signal: null });
});

test("a second SIGTERM does not wait", async ({ launch }) => {
  const latchkey = await launch({ env: { LATCHKEY_DRAIN_SECONDS: "300" } });
  await latchkey.ready;
  latchkey.child.kill("SIGTERM");
  await expect.poll(() => statusOf(`${latchkey.baseURL}/readyz`)).toBe(503);
  latchkey.child.kill("SIGTERM");
  expect(await latchkey.ended).toEqual({ code: 0, signal: null });
});

test("a request under way is answered, and its use is stored", async ({ dataDir, launch }) => {
  const latchkey = await launch();
  await latchkey.ready;
  const { pool, makeKey, close } = await openDataFolderDatabase(dataDir);
  const secret = await makeKey("Late");

  const body = JSON.stringify({ end_user: { id: "late" } });
  const socket = connect(latchkey.port, "127.0.0.1").setEncoding("utf8");
  let answer = "";
  const closed = new Promise((resolve) => socket.once("close", resolve));
  const arrived = new Promise((resolve) => socket.once("data", resolve));
  socket.on("data", (text) => {
    answer += text;
  });
  const headers = [
    "Host: latchkey",
    `Authorization: Bearer ${secret}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    // Node answers this as soon as it has the headers.
    "Expect: 100-continue",
  ];
  socket.write(`POST /connect/sessions HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
  await arrived;
  latchkey.child.kill("SIGTERM");
  await expect.poll(() => statusOf(`${latchkey.baseURL}/healthz`)).toBe("refused");
  socket.write(body);
  expect(await latchkey.ended).toEqual({ code: 0, signal: null });
  await closed;
  expect(answer).toMatch(/^HTTP\/1\.1 100 .*\r\n\r\nHTTP\/1\.1 201 /);

  const uses = await pool`select last_use->>'route' as route, last_use->>'status' as status
    from api_keys where display_name = 'Late'`;
  await close();
  expect([...uses]).toEqual([{ route: "/connect/sessions", status: "201" }]);
});

function statusOf(url: string): Promise<number | "refused"> {
  return fetch(url).then(
    ({ status }) => status,
    () => "refused" as const,
  );
}
