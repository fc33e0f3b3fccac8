import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "../../../e2e/fixtures/api-key";
import { deploymentBody, flow } from "../../../e2e/fixtures/deployment";
import { startTestRunner } from "../../../e2e/fixtures/function-runner";
import { actionWorker } from "../../actions/worker";
import { httpFunctionRunner } from "../../functions/http-runner";
import type { FunctionRunner } from "../../functions/runner";
import { bearer, testApi } from "../test-api";

const runner = await startTestRunner();
afterAll(() => runner.close());

const ours: FunctionRunner = httpFunctionRunner({ url: runner.url, timeoutMs: 10_000 });
let current: FunctionRunner | null = ours;
const { db, pool, masterKey, environment, log, call } = await testApi({ functionRunner: () => current });
const { secret } = await makeTestKey(db, masterKey, environment, ["environment:*"]);

const json = { "content-type": "application/json" };
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  call(path, {
    method: "POST",
    headers: { ...bearer(secret), ...json, ...headers },
    body: JSON.stringify(body),
  });
const pair = { "connection-id": "c", "provider-config-key": "github" };
const trigger = (action_name: string, input?: unknown, headers: Record<string, string> = {}) =>
  post("/action/trigger", { action_name, input }, { ...pair, ...headers });
const read = (id: string) => call(`/action/${id}`, { headers: bearer(secret) });

const script = (body: string) =>
  `module.exports = { default: { type: "action", exec: async (nango, input) => { ${body} } } };`;

const actions = [
  flow({ name: "greet", key: "github" }),
  flow({ name: "echo", key: "github", js: script("return input === undefined ? 'none' : input;") }),
  flow({ name: "nothing", key: "github", js: script("") }),
  flow({
    name: "where",
    key: "github",
    js: script("return [nango.connectionId, await nango.getMetadata()];"),
  }),
  flow({ name: "quit", key: "github", js: script("throw new nango.ActionError({ reason: 'enough' });") }),
  flow({ name: "break", key: "github", js: script("return input.no.such.thing;") }),
  flow({
    name: "refused",
    key: "github",
    js: script("throw Object.assign(new Error('x'), { response: { status: 404, data: { gone: true } } });"),
  }),
  flow({ name: "unkept", key: "github", js: script("return 'a' + String.fromCharCode(0);") }),
  flow({ name: "slow", key: "github", js: script("await new Promise((end) => setTimeout(end, 3000));") }),
];

beforeAll(async () => {
  const client = { type: "OAUTH2", client_id: "id", client_secret: "secret" };
  const tokens = { type: "OAUTH2", access_token: "an access token" };
  const answers = [
    await post("/integrations", { provider: "github", unique_key: "github", credentials: client }),
    await post("/connections", {
      provider_config_key: "github",
      connection_id: "c",
      credentials: tokens,
      metadata: { plan: "gold" },
    }),
    await post("/sync/deploy", deploymentBody(actions)),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 201, 200]);
});

beforeEach(() => {
  current = ours;
});

/** The answer of `GET /action/{id}` once it is no longer 404. */
async function whenDone(id: string) {
  for (;;) {
    const answer = await read(id);
    if (answer.status !== 404) return answer;
    await wait(20);
  }
}

async function start(name: string, input?: unknown, headers: Record<string, string> = {}): Promise<string> {
  const answer = await trigger(name, input, { "x-async": "true", ...headers });
  expect(answer.status).toBe(202);
  const [row] = await pool`select id from action_runs order by created_at desc limit 1`;
  const id = String(row?.id);
  expect(answer.body).toEqual({ id, statusUrl: `/action/${id}` });
  expect(answer.headers.get("location")).toBe(`/action/${id}`);
  expect(answer.headers.get("x-request-id")).toBeTruthy();
  return id;
}

describe("POST /action/trigger", () => {
  it("answers the output of the deployed code as it is", async () => {
    expect(await trigger("greet", { name: "Ada" })).toMatchObject({
      status: 200,
      body: { greeting: "Hello Ada" },
    });
    for (const value of ["text", 0, false, null, [1, { a: null }], {}]) {
      expect((await trigger("echo", value)).body).toEqual(value);
    }
    expect((await trigger("echo")).body).toBe("none");
    expect(await trigger("nothing")).toMatchObject({ status: 200, body: null });
  });

  it("tells the runner of the connection and the version, and never of its credentials", async () => {
    expect((await trigger("where")).body).toEqual(["c", { plan: "gold" }]);
    expect(runner.runs.at(-1)).toMatchObject({
      environment_id: environment.id,
      function: { name: "where", version: "0.0.1", provider_config_key: "github" },
      connection: { connection_id: "c", provider_config_key: "github", provider: "github" },
    });
    expect(JSON.stringify(runner.runs)).not.toContain("an access token");
  });

  it("runs the newest version", async () => {
    const second = flow({ name: "greet", key: "github", js: script("return 'second';") });
    await post("/sync/deploy", deploymentBody([second], { deployMode: "single" }));
    expect((await trigger("greet", {})).body).toBe("second");
    await post(
      "/sync/deploy",
      deploymentBody([flow({ name: "greet", key: "github" })], { deployMode: "single" }),
    );
    expect((await trigger("greet", { name: "Ada" })).body).toEqual({ greeting: "Hello Ada" });
  });

  it("answers 424 when the script's own request was refused, 500 when the script failed", async () => {
    expect(await trigger("refused")).toMatchObject({
      status: 424,
      body: {
        error: {
          code: "script_http_error",
          message: expect.any(String),
          payload: { gone: true },
          upstream: { status_code: 404, body: { gone: true } },
        },
      },
    });
    expect(await trigger("quit")).toMatchObject({
      status: 500,
      body: { error: { code: "action_script_failure", payload: { reason: "enough" } } },
    });
    const broken = await trigger("break", {});
    expect(broken).toMatchObject({ status: 500, body: { error: { code: "action_script_failure" } } });
    expect(JSON.stringify(broken.body)).toContain("TypeError");
  });

  it("gives up on a run that takes too long", async () => {
    current = httpFunctionRunner({ url: runner.url, timeoutMs: 100 });
    const answer = await trigger("slow");
    expect(answer).toMatchObject({ status: 500, body: { error: { code: "action_script_failure" } } });
    expect(JSON.stringify(answer.body)).toContain("time");
  });

  it.each([
    ["another connection", { "connection-id": "other" }, 400, "unknown_connection"],
    ["another integration", { "provider-config-key": "other" }, 400, "unknown_connection"],
    ["no connection", { "connection-id": "" }, 400, "invalid_headers"],
    ["a strange connection", { "connection-id": "a#b" }, 400, "invalid_headers"],
    ["too many retries", { "x-max-retries": "6" }, 400, "invalid_headers"],
    ["an odd x-async", { "x-async": "perhaps" }, 400, "invalid_headers"],
  ])("refuses %s", async (_, headers, status, code) => {
    expect(await trigger("greet", {}, headers)).toMatchObject({ status, body: { error: { code } } });
  });

  it("needs both headers, takes more in the body, and knows its actions", async () => {
    const bare = await post("/action/trigger", { action_name: "greet" });
    expect(bare).toMatchObject({ status: 400, body: { error: { code: "invalid_headers" } } });
    const more = await post("/action/trigger", { action_name: "nothing", more: 1 }, pair);
    expect(more.status).toBe(200);
    expect(await trigger("no-such")).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
    await pool`update functions set enabled = false where name = 'nothing'`;
    const disabled = await trigger("nothing");
    expect(disabled).toMatchObject({ status: 404, body: { error: { code: "disabled_resource" } } });
    await pool`update functions set enabled = true`;
  });

  it("does not reach another environment's actions", async () => {
    const other = await makeTestEnvironment(db, false);
    const key = await makeTestKey(db, masterKey, other, ["environment:actions:execute"]);
    expect(await trigger("greet", {}, bearer(key.secret))).toMatchObject({
      status: 400,
      body: { error: { code: "unknown_connection" } },
    });
  });

  it("answers 503 without a runner, synchronous or not, and queues nothing", async () => {
    current = null;
    const [before] = await pool`select count(*) from action_runs`;
    for (const asynchronous of ["false", "true"]) {
      expect(await trigger("greet", {}, { "x-async": asynchronous })).toMatchObject({
        status: 503,
        body: { error: { code: "service_unavailable", message: "No function runner is configured" } },
      });
    }
    expect((await pool`select count(*) from action_runs`)[0]).toEqual(before);
  });
});

describe("a runner that is none", () => {
  const answering = async (status: number, text: string) => {
    const server = createServer((_, response) => response.writeHead(status).end(text));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    current = httpFunctionRunner({ url: `http://127.0.0.1:${port}`, timeoutMs: 5000 });
    const answer = await trigger("greet", {});
    await new Promise((resolve) => server.close(resolve));
    return answer;
  };

  it.each([
    [500, '{"output":1}'],
    [200, "not JSON"],
    [200, "{}"],
    [200, '{"output":1,"error":{"type":"script","payload":1}}'],
    [200, '{"error":{"type":"other","payload":1}}'],
    [302, ""],
  ])("is answered with 503: %i %s", async (status, text) => {
    expect(await answering(status, text)).toMatchObject({
      status: 503,
      body: { error: { code: "service_unavailable", message: "The function runner does not answer" } },
    });
  });

  it("is answered with 503 when nothing listens", async () => {
    current = httpFunctionRunner({ url: "http://127.0.0.1:1", timeoutMs: 5000 });
    expect(await trigger("greet", {})).toMatchObject({ status: 503 });
  });

  it("has its output read", async () => {
    expect(await answering(200, '{"output":{"a":1}}')).toMatchObject({ status: 200, body: { a: 1 } });
  });
});

describe("asynchronous actions", () => {
  it("answer 202 with where to look, then the output", async () => {
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

  it("answer the failure as it would have been, retries done", async () => {
    const before = runner.runs.length;
    const id = await start("quit", undefined, { "x-max-retries": "2" });
    expect(await whenDone(id)).toMatchObject({
      status: 500,
      body: { error: { code: "action_script_failure", payload: { reason: "enough" } } },
    });
    expect(runner.runs.slice(before).filter(({ function: { name } }) => name === "quit")).toHaveLength(3);
    expect(await whenDone(await start("refused"))).toMatchObject({
      status: 424,
      body: { error: { code: "script_http_error", upstream: { status_code: 404 } } },
    });
  });

  it("fail with a reason when the output cannot be kept", async () => {
    const answer = await whenDone(await start("unkept"));
    expect(answer).toMatchObject({ status: 500, body: { error: { code: "action_script_failure" } } });
    expect(JSON.stringify(answer.body)).toContain("cannot be kept");
  });

  it("are read by their own environment only, by a uuid", async () => {
    const id = await start("greet", { name: "Cleo" });
    await whenDone(id);
    const other = await makeTestEnvironment(db, false);
    const key = await makeTestKey(db, masterKey, other, ["environment:actions:execute"]);
    expect(await call(`/action/${id}`, { headers: bearer(key.secret) })).toMatchObject({ status: 404 });
    expect(await read(crypto.randomUUID())).toMatchObject({ status: 404 });
    expect(await read("1")).toMatchObject({ status: 400, body: { error: { code: "invalid_uri_params" } } });
  });

  it("are run once each by several processes, and again when a taker died", async () => {
    const before = runner.runs.length;
    const [lost] = await pool`
      insert into action_runs (environment_id, connection_id, function_id, status, attempts, held_until)
      select f.environment_id, c.id, f.id, 'running', 1, now() - interval '1 second'
      from functions f, connections c where f.name = 'nothing' returning id`;
    const rows = await pool`
      insert into action_runs (environment_id, connection_id, function_id, status, input)
      select f.environment_id, c.id, f.id, 'waiting', to_jsonb(n)
      from functions f, connections c, generate_series(1, 40) n where f.name = 'echo' returning id`;
    const held = await pool`
      insert into action_runs (environment_id, connection_id, function_id, status, attempts, held_until)
      select f.environment_id, c.id, f.id, 'running', 1, now() + interval '1 minute'
      from functions f, connections c where f.name = 'echo' returning id`;
    const workers = [1, 2, 3].map(() => actionWorker({ db, functionRunner: () => ours, log }));
    for (const worker of workers) for (let n = 0; n < 4; n += 1) worker.wake();
    for (const { id } of [...rows, ...(lost === undefined ? [] : [lost])]) {
      expect(await whenDone(String(id))).toMatchObject({ status: 200 });
    }
    const runs = runner.runs.slice(before);
    const echoed = runs.filter(({ function: { name } }) => name === "echo").map(({ input }) => Number(input));
    expect(echoed.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(runs.filter(({ function: { name } }) => name === "nothing")).toHaveLength(1);
    expect(await read(String(held[0]?.id))).toMatchObject({ status: 404 });
  });

  it("end with the connection they are for", async () => {
    const [row] = await pool`
      insert into connections (environment_id, integration_id, connection_id, credentials_sealed, deleted_at)
      select environment_id, integration_id, 'gone', '', now() from connections where connection_id = 'c' returning id`;
    const [run] = await pool`
      insert into action_runs (environment_id, connection_id, function_id, status)
      select environment_id, ${String(row?.id)}, id, 'waiting' from functions where name = 'greet' returning id`;
    actionWorker({ db, functionRunner: () => ours, log }).wake();
    expect(await whenDone(String(run?.id))).toMatchObject({
      status: 400,
      body: { error: { code: "unknown_connection" } },
    });
  });
});
