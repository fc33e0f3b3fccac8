import { afterAll, beforeEach } from "vitest";
import { startSyncRunner } from "@/e2e/fixtures/sync-runner";
import {
  deployTestSync,
  makeTestConnection,
  makeTestIntegration,
  type TestConnection,
} from "@/e2e/fixtures/synced-connection";
import { createHttpFunctionRunner } from "@/lib/functions/runner/http-runner";
import { bearer, testApi } from "./environment-api";

/** What `states` returns before a test has changed anything. */
export const initialStates = [
  'left issues base: STOPPED "every hour"',
  "left users base: PAUSED null",
  'right issues base: STOPPED "every hour"',
  "right users base: PAUSED null",
];

/**
 * Sets up an API and a server that receives the requests for runs. Each test gets two new connections, `left`
 * and `right`, with the syncs `issues` and `users`. No function runner is configured until a test calls
 * `useRunner`.
 */
export async function testSyncs() {
  const runner = await startSyncRunner();
  afterAll(runner.close);
  let runnerUrl: string | null = null;
  const api = await testApi({
    getFunctionRunner: () =>
      runnerUrl === null ? null : createHttpFunctionRunner({ url: runnerUrl, timeoutMs: 5000 }),
  });
  const { db, masterKey, environment, call, keyWith } = api;
  const { secret } = await keyWith(
    "environment:syncs:read",
    "environment:syncs:execute",
    "environment:syncs:manage",
  );

  async function makeConnections() {
    const integration = await makeTestIntegration(db, masterKey, environment.id);
    const left = await makeTestConnection(db, masterKey, environment.id, integration);
    const issues = { name: "issues", models: ["Issue", "Label"], runs: "every hour", autoStart: true };
    await deployTestSync(db, environment.id, integration, issues);
    await deployTestSync(db, environment.id, integration, {
      ...issues,
      name: "users",
      models: ["User"],
      runs: null,
      autoStart: false,
    });
    // One connection is created before the syncs, the other after them.
    return { left, right: await makeTestConnection(db, masterKey, environment.id, integration) };
  }
  const connections = await makeConnections();
  beforeEach(async () => {
    runnerUrl = null;
    runner.received.length = 0;
    runner.status = 202;
    Object.assign(connections, await makeConnections());
  });

  const key = () => connections.left.providerConfigKey;
  async function status(syncs = "*", connection?: TestConnection) {
    const query = new URLSearchParams({ syncs, provider_config_key: key() });
    if (connection !== undefined) query.set("connection_id", connection.connectionId);
    return call(`/sync/status?${query}`, { headers: bearer(secret) });
  }

  return {
    ...api,
    secret,
    runner,
    environmentId: environment.id,
    /** The test's two connections: new ones for each test. */
    connections,
    /** Configures the server at `url` as the function runner, until the test ends. */
    useRunner: (url = runner.url) => {
      runnerUrl = url;
    },
    /** Returns the provider config key of both connections. */
    key,
    /** Returns the fields of a body that name the connection `left`. */
    onLeft: () => ({ provider_config_key: key(), connection_id: connections.left.connectionId }),
    send: (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
      call(path, {
        method,
        headers: { ...bearer(secret), "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      }),
    status,
    /**
     * Formats each sync as `connection name variant: STATUS frequency`, with left or right as the connection.
     */
    states: async (syncs = "*", connection?: TestConnection): Promise<string[]> => {
      const { body } = await status(syncs, connection);
      const lines = JSON.stringify(body).matchAll(
        /"connection_id":"([^"]+)","name":"([^"]+)","variant":"([^"]+)","type":"[A-Z]+","status":"([A-Z]+)","frequency":("[^"]+"|null)/g,
      );
      return [...lines].map(
        ([, id, name, variant, state, frequency]) =>
          `${id === connections.left.connectionId ? "left" : "right"} ${name} ${variant}: ${state} ${frequency}`,
      );
    },
  };
}
