import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { test } from "@/e2e/fixtures/api-test";
import { digestRows, listEnvironmentTables } from "@/e2e/fixtures/row-digest";
import { testLength } from "@/e2e/fixtures/test-length";
import { declaredRoutes } from "@/lib/environment-api/catalog/declared-routes";
import { exampleOf } from "./examples";

/*
 * Whatever a client sends, the answer is never a 5xx: inputs are made from the fields of the contract, with values that
 * are odd in the ways PostgreSQL, JSON and addresses know. Thousands of answers are checked, so with plain assertions:
 * Playwright's record the place in the source each time.
 */

const oddText = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "%",
    "_",
    "\\",
    "'",
    '"',
    "é",
    "😀",
    "../",
    "__proto__",
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ maxLength: 300 }),
);

const oddValue = fc.oneof(
  oddText,
  fc.constantFrom(null, true, -1, 0, 1e308, 2 ** 60, "2026-02-30T25:00:00Z", [], {}),
  fc.jsonValue({ maxDepth: 4 }),
);

const fieldNames = fc.constantFrom(
  ...["provider", "unique_key", "display_name", "forward_webhooks", "custom", "credentials", "type"],
  ...["client_id", "client_secret", "scopes", "webhook_secret", "access_token", "expires_at", "apiKey"],
  ...[
    "provider_config_key",
    "connection_id",
    "metadata",
    "connection_config",
    "end_user",
    "tags",
    "id",
    "email",
  ],
  ...["syncs", "sync_name", "sync_variant", "frequency", "opts", "sync_mode", "full_resync"],
  ...["model", "variant", "until_cursor", "limit"],
  "__proto__",
  "constructor",
);

const queryNames = fc.oneof(
  fc.constantFrom("limit", "page", "search", "connectionId", "endUserId", "integrationId", "include"),
  fc.constantFrom(
    "provider_config_key",
    "force_refresh",
    "refresh_token",
    "tags[a]",
    "tags[]",
    "tags",
    "endUserOrganizationId",
  ),
  fc.constantFrom("model", "variant", "cursor", "filter", "ids", "modified_after", "delta", "syncs"),
  oddText,
);

const query = fc.array(fc.tuple(queryNames, oddText), { maxLength: 4 });

const oddHeaders = fc.dictionary(
  fc.constantFrom(
    "accept",
    "connection-id",
    "content-type",
    "decompress",
    "forward-headers-on-redirect",
    "nango-is-script",
    "provider-config-key",
    "retry-on",
    "x-async",
    "x-max-retries",
  ),
  fc.constantFrom(
    "",
    "no such",
    "true",
    "maybe",
    "-1",
    "1e9",
    "[]",
    "null",
    "text/plain",
    "é",
    "x".repeat(3000),
  ),
  { maxKeys: 3 },
);

const numRuns = testLength({ short: 60, long: 600 });

type Json = Readonly<Record<string, unknown>>;

/** A valid body with some fields made odd, at the top and in its objects; or anything at all. */
function spoilt(body: Json): fc.Arbitrary<unknown> {
  const odd = fc.dictionary(fieldNames, oddValue, { maxKeys: 3 });
  const nested = fc.tuple(fc.constantFrom(...Object.keys(body), "credentials", "end_user"), odd);
  return fc.oneof(
    odd.map((fields) => ({ ...body, ...fields })),
    nested.map(([name, fields]) => {
      const inner = body[name];
      return { ...body, [name]: typeof inner === "object" ? { ...inner, ...fields } : fields };
    }),
    oddValue,
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

for (const route of declaredRoutes.filter(({ aliasOf }) => aliasOf === null)) {
  test(`${route.method} ${route.path} answers anything without a 5xx, and changes nothing when it fails`, async ({
    call,
    fullAccessKey: key,
    addResources,
    db,
    environment,
  }) => {
    const request = exampleOf(route, await addResources());
    const tables = await listEnvironmentTables(db);
    let rows = await digestRows(db, tables, environment.id);
    const plain = isObject(request.body) ? request.body : {};
    const [path = ""] = request.path.split("?");
    const ownQuery = request.path.slice(path.length + 1);
    // JSON-RPC has failures of its own, with numbers (JSON-RPC 2.0, 5.1).
    const code = route.path === "/mcp" ? z.union([z.string(), z.number()]) : z.string();
    const errorBody = z.object({ error: z.object({ code, message: z.string() }) });
    const bodies = request.body === undefined ? fc.constant(undefined) : spoilt(plain);
    await fc.assert(
      fc.asyncProperty(
        query,
        fc.boolean(),
        bodies,
        oddText,
        fc.boolean(),
        fc.oneof(fc.constant({}), oddHeaders),
        async (pairs, keep, body, text, odd, headers) => {
          const parameters = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`);
          const asked = [...(keep ? [ownQuery] : []), ...parameters].filter((part) => part !== "").join("&");
          const at = odd && /[^/]\/[^/]/.test(path) ? path.replace(/[^/]+$/, encode(text)) : path;
          const answer = await call({
            ...(request.method !== undefined && { method: request.method }),
            path: `${at}?${asked}`,
            key,
            body: body ?? undefined,
            headers: { ...request.headers, ...headers },
          });
          const isError = answer.status >= 400;
          assert.ok(answer.status < 500, `answered ${answer.status}: ${answer.text}`);
          assert.ok(!isError || errorBody.safeParse(answer.body).success, `not an error: ${answer.text}`);
          const after = await digestRows(db, tables, environment.id);
          assert.ok(!isError || after === rows, `changed rows and answered ${answer.status}`);
          rows = after;
        },
      ),
      { numRuns },
    );
  });
}

/** Percent-encoding that also takes half a surrogate pair, as the bytes that stand for it. */
function encode(text: string): string {
  return [...text]
    .map((character) => (/\p{Surrogate}/u.test(character) ? "%ED%A0%80" : encodeURIComponent(character)))
    .join("");
}
