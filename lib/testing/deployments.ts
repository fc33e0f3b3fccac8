import { beforeAll, beforeEach, expect } from "vitest";
import { makeTestKey } from "@/e2e/fixtures/api-key";
import { flow } from "@/e2e/fixtures/deployment";
import { bearer, testApi } from "./environment-api";

export const issuesSync = flow({ type: "sync", name: "issues", key: "github", models: ["Issue"] });
export const greetAction = flow({ name: "greet", key: "github" });
export const cleanUpScript = {
  providerConfigKey: "github",
  scripts: [{ name: "clean-up", event: "pre-connection-deletion", fileBody: { js: "1", ts: "1" } }],
};
/** The part of a deployment body that deploys `cleanUpScript`. */
export const withCleanUp = { onEventScriptsByProvider: [cleanUpScript] };

/** The response of a confirmation that has no changes. */
export const emptyConfirmation = {
  newSyncs: [],
  updatedSyncs: [],
  deletedSyncs: [],
  newActions: [],
  updatedActions: [],
  deletedActions: [],
  newOnEventScripts: [],
  updatedOnEventScripts: [],
  deletedOnEventScripts: [],
  deletedModels: [],
};

/**
 * Sets up an API with the integrations `github`, which has the connections `a` and `b`, and `github-2`.
 * Deletes all functions before each test.
 */
export async function testDeployments() {
  const api = await testApi();
  const { pool, environment, call } = api;
  const { secret } = await makeTestKey(api.db, api.masterKey, environment, ["environment:*"]);
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    call(path, {
      method: "POST",
      headers: { ...bearer(secret), "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });

  beforeAll(async () => {
    for (const unique_key of ["github", "github-2"]) {
      const credentials = { type: "OAUTH2", client_id: "id", client_secret: "secret" };
      const response = await post("/integrations", { provider: "github", unique_key, credentials });
      expect(response.status).toBe(200);
    }
    for (const connection_id of ["a", "b"]) {
      const credentials = { type: "OAUTH2", access_token: "token" };
      const body = { provider_config_key: "github", connection_id, credentials };
      expect((await post("/connections", body)).status).toBe(201);
    }
  });
  beforeEach(async () => {
    await pool`delete from functions`;
  });

  return {
    ...api,
    secret,
    post,
    confirm: (body: unknown) => post("/sync/deploy/confirmation", body),
    deploy: (body: unknown) => post("/sync/deploy", body),
    /** Returns the version of each function by name. */
    versions: async () => {
      const rows = await pool`select name, version from functions where environment_id = ${environment.id}`;
      return Object.fromEntries(rows.map((row) => [row.name, row.version]));
    },
  };
}
