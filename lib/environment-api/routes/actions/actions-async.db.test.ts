import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { createActionWorker } from "@/lib/functions/action-runs/worker";
import { testActions } from "@/lib/testing/actions";
import { bearer } from "@/lib/testing/environment-api";

const { db, pool, masterKey, log, call, runner, functionRunner, trigger, read } = await testActions();

/** Polls `GET /action/{id}` until it no longer answers 404. */
async function whenDone(id: string) {
  for (;;) {
    const response = await read(id);
    if (response.status !== 404) return response;
    await wait(20);
  }
}

async function start(name: string, input?: unknown, headers: Record<string, string> = {}): Promise<string> {
  const response = await trigger(name, input, { "x-async": "true", ...headers });
  expect(response.status).toBe(202);
  const [row] = await pool`select id from action_runs order by created_at desc limit 1`;
  const id = String(row?.id);
  expect(response.body).toEqual({ id, statusUrl: `/action/${id}` });
  expect(response.headers.get("location")).toBe(`/action/${id}`);
  expect(response.headers.get("x-request-id")).toBeTruthy();
  return id;
}

describe("asynchronous actions", { timeout: 30_000 }, () => {
  it("answer 202 with the status URL, then return the output", async () => {
    const id = await start("greet", { name: "Bea" });
    expect(await whenDone(id)).toMatchObject({ status: 200, body: { greeting: "Hello Bea" } });
    for (const value of ["text", null, [0]]) {
      expect((await whenDone(await start("echo", value))).body).toEqual(value);
    }
  });

  it("answer 404 while they run", async () => {
    const id = await start("slow");
    while ((await pool`select 1 from action_runs where id = ${id} and status = 'running'`).length === 0) {
      await wait(10);
    }
    expect(await read(id)).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  });

  it("return the same error as a synchronous run, after all retries", async () => {
    const before = runner.runs.length;
    const id = await start("quit", undefined, { "x-max-retries": "2" });
    expect(await whenDone(id)).toMatchObject({
      status: 500,
      body: { error: { code: "action_script_failure", payload: { reason: "enough" } } },
    });
    expect(runner.runs.slice(before).filter(({ function: { name } }) => name === "quit")).toHaveLength(3);
    expect(await whenDone(await start("upstream-error"))).toMatchObject({
      status: 424,
      body: { error: { code: "script_http_error", upstream: { status_code: 404 } } },
    });
  });

  it("fail with a reason when the output cannot be stored", async () => {
    const response = await whenDone(await start("unstorable"));
    expect(response).toMatchObject({ status: 500, body: { error: { code: "action_script_failure" } } });
    expect(JSON.stringify(response.body)).toContain("cannot be stored");
  });

  it("can be read only by their own environment, by a UUID", async () => {
    const id = await start("greet", { name: "Cleo" });
    await whenDone(id);
    const other = await makeTestEnvironment(db, false);
    const key = await makeTestKey(db, masterKey, other, ["environment:actions:execute"]);
    expect(await call(`/action/${id}`, { headers: bearer(key.secret) })).toMatchObject({ status: 404 });
    expect(await read(crypto.randomUUID())).toMatchObject({ status: 404 });
    expect(await read("1")).toMatchObject({ status: 400, body: { error: { code: "invalid_uri_params" } } });
  });

  it("run once each across several workers, and again after a worker died", async () => {
    const before = runner.runs.length;
    const [abandoned] = await pool`
      insert into action_runs (environment_id, connection_id, function_id, status, attempts, held_until)
      select f.environment_id, c.id, f.id, 'running', 1, now() - interval '1 second'
      from functions f, connections c where f.name = 'nothing' returning id`;
    const rows = await pool`
      insert into action_runs (environment_id, connection_id, function_id, status, input)
      select f.environment_id, c.id, f.id, 'waiting', to_jsonb(n)
      from functions f, connections c, generate_series(1, 20) n where f.name = 'echo' returning id`;
    const held = await pool`
      insert into action_runs (environment_id, connection_id, function_id, status, attempts, held_until)
      select f.environment_id, c.id, f.id, 'running', 1, now() + interval '1 minute'
      from functions f, connections c where f.name = 'echo' returning id`;
    const workers = [1, 2, 3].map(() =>
      createActionWorker({ db, getFunctionRunner: () => functionRunner, log }),
    );
    for (const worker of workers) for (let n = 0; n < 4; n += 1) worker.poll();
    for (const { id } of [...rows, ...(abandoned === undefined ? [] : [abandoned])]) {
      expect(await whenDone(String(id))).toMatchObject({ status: 200 });
    }
    const runs = runner.runs.slice(before);
    const echoed = runs.filter(({ function: { name } }) => name === "echo").map(({ input }) => Number(input));
    expect(echoed.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(runs.filter(({ function: { name } }) => name === "nothing")).toHaveLength(1);
    expect(await read(String(held[0]?.id))).toMatchObject({ status: 404 });
  });

  it("fail when their connection was deleted", async () => {
    const [row] = await pool`
      insert into connections (environment_id, integration_id, connection_id, credentials_sealed, deleted_at)
      select environment_id, integration_id, 'gone', '', now() from connections where connection_id = 'c' returning id`;
    const [run] = await pool`
      insert into action_runs (environment_id, connection_id, function_id, status)
      select environment_id, ${String(row?.id)}, id, 'waiting' from functions where name = 'greet' returning id`;
    createActionWorker({ db, getFunctionRunner: () => functionRunner, log }).poll();
    expect(await whenDone(String(run?.id))).toMatchObject({
      status: 400,
      body: { error: { code: "unknown_connection" } },
    });
  });
});
