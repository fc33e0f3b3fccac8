import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { testLength } from "@/e2e/fixtures/test-length";
import { allScopes, type Grant } from "@/lib/access/scopes/catalog";
import { bearer, testApi } from "@/lib/testing/environment-api";
import { testServer } from "@/lib/testing/http-server";

/*
 * No sequence of calls by a key without a credentials scope, and without `environment:deploy`, makes a stored
 * secret arrive at a host that it was not stored for.
 */

const api = await testApi({
  sharedApps: { "oauth2-generic": { client_id: "shared", client_secret: "SECRET-0-" } },
  // Only the servers of this test can be reached, which have addresses and no names.
  outbound: {
    isAddressAllowed: () => true,
    resolve: (name) => Promise.reject(Object.assign(new Error(name), { code: "ENOTFOUND" })),
  },
});

const plainScopes = allScopes.filter(
  (scope) => !scope.endsWith("_credentials") && scope !== "environment:deploy",
);

const hostCount = 3;
const keys = ["generic", "client-credentials", "salesforce", "quickstart"] as const;
type Key = (typeof keys)[number];
const host = fc.nat(hostCount - 1);
const rarely = <Value>(values: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: values });
const seldom = fc.integer({ min: 0, max: 3 }).map((number) => number === 0);
const connectionId = fc.constantFrom("a", "a", "b");

const move = fc.record({
  kind: fc.constant("move" as const),
  token: fc.option(host, { nil: undefined }),
  base: fc.option(host, { nil: undefined }),
  bringsClient: seldom,
});
const replaceClient = fc.record({ kind: fc.constant("replaceClient" as const) });
const importing = fc.record({
  kind: fc.constant("import" as const),
  id: connectionId,
  isExpired: fc.boolean(),
  bringsClient: seldom,
  host: fc.option(host, { nil: undefined }),
});
const read = fc.record({
  kind: fc.constant("read" as const),
  id: connectionId,
  force: seldom,
});
const proxy = fc.record({
  kind: fc.constant("proxy" as const),
  id: connectionId,
  override: rarely(host),
  redirect: rarely(host),
});
const recreate = fc.record({ kind: fc.constant("recreate" as const), token: host, base: host });
const quickstart = fc.record({ kind: fc.constant("quickstart" as const) });

/** One integration for all steps, so that what a step prepares is what a later one uses. */
const attackedKey = fc.constantFrom<Key>("generic", "generic", ...keys);
const command = fc.oneof(
  { weight: 4, arbitrary: proxy },
  { weight: 4, arbitrary: read },
  { weight: 4, arbitrary: importing },
  { weight: 3, arbitrary: move },
  { weight: 1, arbitrary: replaceClient },
  { weight: 1, arbitrary: recreate },
  { weight: 1, arbitrary: quickstart },
);

const sequence = fc.array(command, { minLength: 1, maxLength: 25, size: "max" });

type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

/** The servers of the test. Finds out which secrets arrive where. */
async function startWorld() {
  /** The number of hosts at which each secret may arrive: by its number, the index of the host. */
  const allowedHost = new Map<number, number | null>();
  const addresses: Record<Key, { token: number | null; base: number | null }> = {
    generic: { token: null, base: null },
    "client-credentials": { token: null, base: null },
    salesforce: { token: null, base: null },
    quickstart: { token: null, base: null },
  };
  const arrived = { rightly: 0, wrongly: [] as string[] };
  let lastSecret = 0;
  /** A new secret that may arrive at this host only; null for one that may arrive at none. */
  const secretFor = (allowed: number | null) => {
    lastSecret += 1;
    allowedHost.set(lastSecret, allowed);
    return `SECRET-${lastSecret}-`;
  };
  const origins: string[] = [];
  const respond = (index: number) => async (request: IncomingMessage, response: ServerResponse) => {
    const body = (await buffer(request)).toString();
    const text = `${request.url} ${JSON.stringify(request.headers)} ${body}`;
    for (const [, number = ""] of text.matchAll(/SECRET-(\d+)-/g)) {
      if (allowedHost.get(Number(number)) === index) arrived.rightly += 1;
      else arrived.wrongly.push(`secret ${number} at host ${index}: ${request.method} ${request.url}`);
    }
    const [, kind, name] = (request.url ?? "").split("/");
    const key = keys.find((known) => known === name);
    const target = /to=(\d)/.exec(request.url ?? "")?.[1];
    if (target !== undefined) {
      response.writeHead(307, { location: `${origins[Number(target)]}/landed` }).end();
    } else if (kind === "token" && key !== undefined) {
      const { token, base } = addresses[key];
      const tokens = {
        access_token: secretFor(base),
        refresh_token: secretFor(token),
        token_type: "bearer",
        // Ends at once, so that the next use refreshes it.
        expires_in: 1,
      };
      response.setHeader("content-type", "application/json").end(JSON.stringify(tokens));
    } else response.end("{}");
  };
  for (let index = 0; index < hostCount; index += 1) origins.push(await testServer(respond(index)));
  return { addresses, arrived, origins, secretFor };
}

async function startEnvironment(key: Key, ...grants: Grant[]) {
  const world = await startWorld();
  const { addresses, origins, secretFor } = world;
  const environment = await makeTestEnvironment(api.db, false);
  const owner = await makeTestKey(api.db, api.masterKey, environment, ["environment:*"]);
  const caller = await makeTestKey(api.db, api.masterKey, environment, grants);

  const send = (secret: string, method: string, path: string, body: object | null, more: object = {}) =>
    api.app.request(path, {
      method,
      headers: { ...bearer(secret), ...(body !== null && { "content-type": "application/json" }), ...more },
      ...(body !== null && { body: JSON.stringify(body) }),
    });

  const customFor = (token: number | undefined, base: number | undefined) => ({
    ...(token !== undefined && { token_url: `${origins[token]}/token/${key}` }),
    ...(base !== undefined && { base_url: `${origins[base]}/api/${key}` }),
  });
  const clientFor = (token: number | null) => ({
    credentials: { type: "OAUTH2", client_id: "id", client_secret: secretFor(token) },
  });
  const hasClient = key === "generic" || key === "quickstart";

  function create(secret: string, { token, base }: { readonly token: number; readonly base: number }) {
    addresses[key] = key === "salesforce" ? { token: null, base: null } : { token, base };
    const bodies = {
      generic: { provider: "oauth2-generic", custom: customFor(token, base), ...clientFor(token) },
      "client-credentials": { provider: "oauth2-cc-generic", custom: customFor(token, base) },
      salesforce: { provider: "salesforce", ...clientFor(null) },
      quickstart: { provider: "oauth2-generic", custom: customFor(token, base), ...clientFor(token) },
    };
    return send(secret, "POST", "/integrations", { ...bodies[key], unique_key: key });
  }

  function importConnection(secret: string, { id, isExpired, bringsClient, host: to }: Import) {
    const { token, base } = addresses[key];
    const instance = to === undefined ? null : to;
    const expires_at = new Date(Date.now() + (isExpired ? -60_000 : 600_000)).toISOString();
    const credentials =
      key === "client-credentials"
        ? { type: "OAUTH2_CC", token: secretFor(base), client_id: "id", client_secret: secretFor(token) }
        : {
            type: "OAUTH2",
            access_token: secretFor(key === "salesforce" ? instance : base),
            refresh_token: secretFor(token),
            ...(bringsClient && { config_override: { client_secret: secretFor(token) } }),
          };
    return send(secret, "POST", "/connections", {
      ...{ provider_config_key: key, connection_id: id, credentials: { ...credentials, expires_at } },
      // A config is always given: without one the earlier stays, to which the credentials belong then.
      connection_config: instance === null ? {} : { instance_url: origins[instance] },
    });
  }

  /** Runs one command and keeps the model in step with what was accepted. */
  async function run(secret: string, step: Command): Promise<number> {
    switch (step.kind) {
      case "move": {
        const { token, base } = step;
        const now = addresses[key];
        const next = { token: token ?? now.token, base: base ?? now.base };
        const answer = await send(secret, "PATCH", `/integrations/${key}`, {
          custom: customFor(token, base),
          ...(step.bringsClient && hasClient && clientFor(next.token)),
        });
        if (answer.status === 200) addresses[key] = next;
        return answer.status;
      }
      case "replaceClient": {
        const body = clientFor(addresses[key].token);
        return (await send(secret, "PATCH", `/integrations/${key}`, body)).status;
      }
      case "import":
        return (await importConnection(secret, step)).status;
      case "read": {
        const query = `provider_config_key=${key}&force_refresh=${step.force}`;
        return (await send(secret, "GET", `/connections/${step.id}?${query}`, null)).status;
      }
      case "proxy": {
        const query = step.redirect === undefined ? "" : `?to=${step.redirect}`;
        const overridden =
          step.override === undefined ? {} : { "base-url-override": `${origins[step.override]}/x` };
        const target = { "connection-id": step.id, "provider-config-key": key, ...overridden };
        return (await send(secret, "GET", `/proxy/items${query}`, null, target)).status;
      }
      case "recreate": {
        await send(secret, "DELETE", `/integrations/${key}`, null);
        return (await create(secret, step)).status;
      }
      case "quickstart": {
        const body = { provider: "oauth2-generic", unique_key: key };
        return (await send(secret, "POST", "/integrations/quickstart", body)).status;
      }
    }
  }

  if (key !== "quickstart") {
    const imported = { isExpired: false, bringsClient: false, host: 0 };
    const prepared = [
      await create(owner.secret, { token: 0, base: 0 }),
      await importConnection(owner.secret, { ...imported, id: "a" }),
      await importConnection(owner.secret, { ...imported, id: "b", isExpired: true }),
    ];
    expect(prepared.map(({ status }) => status)).toEqual([200, 201, 201]);
  }
  return { ...world, run: (step: Command) => run(caller.secret, step) };
}

type Import = Omit<Extract<Command, { kind: "import" }>, "kind">;

it("no sequence of calls without a credentials scope sends a secret where it was not stored for", async () => {
  let rightly = 0;
  await fc.assert(
    fc.asyncProperty(attackedKey, sequence, async (key, steps) => {
      const { run, arrived } = await startEnvironment(key, ...plainScopes);
      for (const step of steps) await run(step);
      rightly += arrived.rightly;
      expect(arrived.wrongly).toEqual([]);
    }),
    { numRuns: testLength({ short: 60, long: 2000 }) },
  );
  // Secrets do arrive where they were stored for: the property is not empty.
  expect(rightly).toBeGreaterThan(60);
}, 600_000);

const moved = { kind: "move", bringsClient: false } as const;
const proxied = { kind: "proxy", id: "a", override: undefined, redirect: undefined } as const;
const importedByCaller = {
  kind: "import",
  id: "b",
  isExpired: true,
  bringsClient: false,
  host: undefined,
} as const;
const refreshed = { kind: "read", id: "b", force: false } as const;

it.each<readonly [string, Command[], number]>([
  ["an override", [{ ...proxied, override: 1 }], 403],
  ["another base URL", [{ ...moved, token: undefined, base: 1 }, proxied], 424],
  ["another token URL", [{ ...moved, token: 1, base: undefined }, refreshed], 400],
  [
    "another token URL with a client of the caller's",
    [{ ...moved, token: 1, base: undefined, bringsClient: true }, refreshed],
    400,
  ],
  [
    "another token URL, which uses the integration's client for a connection of the caller's",
    [{ ...moved, token: 1, base: undefined }, importedByCaller, refreshed],
    400,
  ],
])("through %s, the two read_credentials scopes are needed", async (_, steps, deniedStatus) => {
  const plain = await startEnvironment("generic", ...plainScopes);
  const statuses: number[] = [];
  for (const step of steps) statuses.push(await plain.run(step));
  expect(statuses.at(-1)).toBe(deniedStatus);
  expect(plain.arrived).toEqual({ rightly: 0, wrongly: [] });

  const trusted = await startEnvironment(
    "generic",
    ...plainScopes,
    "environment:connections:read_credentials",
    "environment:integrations:read_credentials",
  );
  const allowed: number[] = [];
  for (const step of steps) allowed.push(await trusted.run(step));
  expect(allowed.every((status) => status === 200 || status === 201)).toBe(true);
  expect(trusted.arrived.wrongly).not.toEqual([]);
});
