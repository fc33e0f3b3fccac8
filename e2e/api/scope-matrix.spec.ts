import { expect, test } from "@/e2e/fixtures/api-test";
import type { ApiRequest } from "@/e2e/fixtures/call-api";
import { generateKey } from "@/lib/access/api-keys/key-format";
import { allScopes, fullAccess, type Grant, type Scope } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import { allRoutes } from "@/lib/environment-api/catalog/all-routes";
import { type DeclaredRoute, declaredRoutes } from "@/lib/environment-api/catalog/declared-routes";
import { anyMethod, anyValidKey, connectSessionOnly } from "@/lib/environment-api/pipeline/route";
import { exampleOf, examples } from "./examples";

/*
 * Every route of the API against keys that lack and keys that have its scope. All of it is derived from the
 * declarations: a new route is tested the moment it exists, and fails here until it has an example.
 */

function declarationOf(route: DeclaredRoute) {
  const path = route.aliasOf ?? route.path;
  const declared = allRoutes.find((known) => known.method === route.method && known.path === path);
  if (declared === undefined) throw new Error(`${path} is not declared`);
  return declared;
}

/** What is wrong with a request in ways that are found only behind the scope. */
function spoil(
  route: DeclaredRoute,
  request: ApiRequest,
): [request: ApiRequest, status: number, code: string][] {
  // What is passed on is not looked at.
  if (route.method === anyMethod) return [];
  const { query, maxBodyBytes } = declarationOf(route);
  const mark = request.path.includes("?") ? "&" : "?";
  const unknownQuery = { ...request, path: `${request.path}${mark}no_such_parameter=1` };
  // A few routes tolerate what they do not know, and say so in their schema.
  const refusesQuery = !query.safeParse({ no_such_parameter: "1" }).success;
  const spoilt: [ApiRequest, number, string][] = refusesQuery
    ? [[unknownQuery, 400, "invalid_query_params"]]
    : [];
  if (route.method === "GET") return spoilt;
  return [
    ...spoilt,
    [
      { ...request, body: "{}", headers: { ...request.headers, "content-type": "text/plain" } },
      415,
      "invalid_content_type",
    ],
    [{ ...request, body: "{" }, 400, "invalid_json"],
    [{ ...request, body: "[]" }, 400, "invalid_body"],
    ...tooLarge(request, maxBodyBytes),
  ];
}

/** Routes that take far more are tried beside their own code. */
function tooLarge(request: ApiRequest, maxBodyBytes: number): [ApiRequest, number, string][] {
  const twoMegabytes = 2 * 1024 * 1024;
  if (maxBodyBytes > twoMegabytes) return [];
  return [[{ ...request, body: `{"x":"${"x".repeat(twoMegabytes)}"}` }, 413, "payload_too_large"]];
}

test("every route has an example, and every example a route", () => {
  const routes = new Set(allRoutes.map(({ method, path }) => `${method} ${path}`));
  expect(Object.keys(examples).sort()).toEqual([...routes].sort());
});

for (const route of declaredRoutes) {
  const { method, path, scope } = route;
  // What a connect session opens is in connect-sessions.spec.ts.
  if (scope === connectSessionOnly) continue;

  test.describe(`${method} ${path}`, () => {
    test("answers 401 to no key, half a key and an unknown key", async ({ call, shared }) => {
      const request = exampleOf(route, shared.resources);
      const attempts: [headers: Record<string, string>, code: string][] = [
        [{}, "missing_auth_header"],
        [{ authorization: generateKey(false) }, "malformed_auth_header"],
        [{ authorization: `Bearer ${generateKey(false).slice(0, 40)}` }, "invalid_secret_key_format"],
        [{ authorization: `Bearer ${generateKey(false)}` }, "unknown_account"],
      ];
      for (const [headers, code] of attempts) {
        const answer = await call({ ...request, headers: { ...request.headers, ...headers } });
        expect([answer.status, answer.body]).toEqual([401, { error: { code, message: expect.any(String) } }]);
        expect(answer.headers.get("www-authenticate")).toBe("Bearer");
        expect(answer.headers.get("x-request-id")).toBeTruthy();
      }
    });

    if (scope !== anyValidKey) {
      test(`answers 403 without ${scope}, whatever else is held or wrong`, async ({ call, shared }) => {
        const request = exampleOf(route, shared.resources);
        const lacking = allScopes.filter((held) => !covers([held], scope));
        const key = await shared.secretWith(...lacking);
        for (const sent of [request, ...spoil(route, request).map(([spoilt]) => spoilt)]) {
          const answer = await call({ ...sent, key });
          expect(answer.status).toBe(403);
          expect(answer.body).toEqual({
            error: {
              code: "forbidden",
              message: `Insufficient scope. Required: ${scope}`,
              required_scope: scope,
            },
          });
          expect(answer.headers.get("www-authenticate")).toBe(
            `Bearer error="insufficient_scope", scope="${scope}"`,
          );
        }
      });
    }

    for (const grant of sufficientFor(scope)) {
      test(`succeeds with ${grant}`, async ({ call, secretWith, addResources }) => {
        const { status, schema } = declarationOf(route).response;
        const key = await secretWith(grant);
        const request = exampleOf(route, await addResources());
        for (const [spoilt, wrong, code] of spoil(route, request)) {
          const answer = await call({ ...spoilt, key });
          expect([answer.status, answer.body]).toMatchObject([wrong, { error: { code } }]);
        }
        const answer = await call({ ...request, key });
        expect([answer.status, schema.safeParse(answer.body).error?.issues ?? []]).toEqual([status, []]);
      });
    }
  });
}

/** Each grant that alone opens the route: its scope, the credentials scope that contains it, and Full access. */
function sufficientFor(scope: Scope | typeof anyValidKey): Grant[] {
  if (scope === anyValidKey) return ["environment:deploy", fullAccess];
  return [...allScopes.filter((held) => covers([held], scope)), fullAccess];
}
