import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { makeTestKey } from "@/e2e/fixtures/api-key";
import { deploymentBody, flow } from "@/e2e/fixtures/deployment";
import { startTestRunner } from "@/e2e/fixtures/function-runner";
import { createHttpFunctionRunner } from "@/lib/functions/runner/http-runner";
import type { FunctionRunner } from "@/lib/functions/runner/runner";
import { bearer, testApi } from "./environment-api";

/** Returns the code of an action. `body` is its function body, which can use `nango` and `input`. */
export const actionScript = (body: string) =>
  `module.exports = { default: { type: "action", exec: async (nango, input) => { ${body} } } };`;

const actions = [
  flow({ name: "greet", key: "github" }),
  flow({ name: "echo", key: "github", js: actionScript("return input === undefined ? 'none' : input;") }),
  flow({ name: "nothing", key: "github", js: actionScript("") }),
  flow({
    name: "where",
    key: "github",
    js: actionScript("return [nango.connectionId, await nango.getMetadata()];"),
  }),
  flow({
    name: "quit",
    key: "github",
    js: actionScript("throw new nango.ActionError({ reason: 'enough' });"),
  }),
  flow({ name: "break", key: "github", js: actionScript("return input.no.such.thing;") }),
  flow({
    name: "upstream-error",
    key: "github",
    js: actionScript(
      "throw Object.assign(new Error('x'), { response: { status: 404, data: { gone: true } } });",
    ),
  }),
  flow({ name: "unstorable", key: "github", js: actionScript("return 'a' + String.fromCharCode(0);") }),
  flow({
    name: "slow",
    key: "github",
    js: actionScript("await new Promise((end) => setTimeout(end, 3000));"),
  }),
];

/**
 * Sets up an API with a connection `c` to `github`, the actions above, and a function runner that runs them.
 */
export async function testActions() {
  const runner = await startTestRunner();
  afterAll(() => runner.close());
  const httpRunner = createHttpFunctionRunner({ url: runner.url, timeoutMs: 10_000 });
  let current: FunctionRunner | null = httpRunner;
  const api = await testApi({ getFunctionRunner: () => current });
  const { secret } = await makeTestKey(api.db, api.masterKey, api.environment, ["environment:*"]);
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    api.call(path, {
      method: "POST",
      headers: { ...bearer(secret), "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const connectionHeaders = { "connection-id": "c", "provider-config-key": "github" };

  beforeAll(async () => {
    const client = { type: "OAUTH2", client_id: "id", client_secret: "secret" };
    const connection = {
      provider_config_key: "github",
      connection_id: "c",
      credentials: { type: "OAUTH2", access_token: "an access token" },
      metadata: { plan: "gold" },
    };
    const responses = [
      await post("/integrations", { provider: "github", unique_key: "github", credentials: client }),
      await post("/connections", connection),
      await post("/sync/deploy", deploymentBody(actions)),
    ];
    expect(responses.map(({ status }) => status)).toEqual([200, 201, 200]);
  });
  beforeEach(() => {
    current = httpRunner;
  });

  return {
    ...api,
    /** The runner process, with the requests that it received. */
    runner,
    functionRunner: httpRunner,
    /** Replaces the runner, or removes it with null, until the test ends. */
    setRunner: (replacement: FunctionRunner | null) => {
      current = replacement;
    },
    connectionHeaders,
    post,
    trigger: (action_name: string, input?: unknown, headers: Record<string, string> = {}) =>
      post("/action/trigger", { action_name, input }, { ...connectionHeaders, ...headers }),
    read: (id: string) => api.call(`/action/${id}`, { headers: bearer(secret) }),
  };
}
