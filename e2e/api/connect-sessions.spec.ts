import { expect, test } from "@/e2e/fixtures/api-test";
import { declaredRoutes } from "@/lib/environment-api/catalog/declared-routes";
import { connectSessionOnly } from "@/lib/environment-api/pipeline/route";
import { exampleOf } from "./examples";

/*
 * Every route of the API against the token of a connect session, derived from the declarations as for keys: it opens
 * what admits it and nothing else.
 */

for (const route of declaredRoutes) {
  const { method, path, scope, acceptsConnectSessions } = route;

  if (acceptsConnectSessions || scope === connectSessionOnly) {
    test(`${method} ${path} opens to a connect session`, async ({ call, sessionToken, addResources }) => {
      const resources = await addResources();
      const key = await sessionToken(resources.integration);
      const answer = await call({ ...exampleOf(route, resources), key });
      expect(answer.status).toBe(method === "DELETE" ? 204 : 200);
      expect(answer.text).not.toContain("client secret");
    });
  } else {
    test(`${method} ${path} does not open to a connect session`, async ({ call, shared }) => {
      const answer = await call({ ...exampleOf(route, shared.resources), key: shared.sessionToken });
      expect([answer.status, answer.body]).toMatchObject([
        401,
        { error: { code: "invalid_secret_key_format" } },
      ]);
    });
  }

  if (scope !== connectSessionOnly) continue;
  test(`${method} ${path} opens to no key`, async ({ call, shared }) => {
    const answer = await call({ ...exampleOf(route, shared.resources), key: shared.fullAccessKey });
    expect([answer.status, answer.body]).toMatchObject([
      401,
      { error: { code: "invalid_connect_session_token_format" } },
    ]);
  });
}
