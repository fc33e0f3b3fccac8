import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Nango } from "@nangohq/node";
import { Nango as NextNango } from "@nangohq/node-next";
import { clientCalls, nextCalls, unservedNextMethods } from "@/e2e/client-calls/all-calls";
import { type ClientCall, type Setting, sendsNoRequest } from "@/e2e/client-calls/client-call";
import { testActor } from "@/e2e/fixtures/actor";
import { test as base, expect, type Resources } from "@/e2e/fixtures/api-test";
import type { Environment } from "@/lib/access/environments/model";
import { allScopes, type Grant } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import { declaredRoutes } from "@/lib/environment-api/catalog/declared-routes";
import { anyValidKey } from "@/lib/environment-api/pipeline/route";
import type { Database } from "@/lib/infrastructure/db/client";
import { changeOverrideOrigins } from "@/lib/upstream/integrations/override-origins";
import { findIntegration } from "@/lib/upstream/integrations/store";

/*
 * The public client, unmodified, through every public method that it has: with Full access, with the needed scope alone,
 * and with every scope but the needed one.
 */

const versions = [
  ["0.70", "node", Nango, clientCalls],
  ["0.71", "node-next", NextNango, { ...clientCalls, ...nextCalls }],
] as const;

type Client = InstanceType<(typeof versions)[number][2]>;

type SettingFor = (...grants: Grant[]) => Promise<Setting>;

async function nameEndUser(full: Nango, { connection, integration }: Resources): Promise<string> {
  const endUserId = `user of ${connection}`;
  await full.patchConnection(
    { connectionId: connection, provider_config_key: integration },
    { end_user: { id: endUserId } },
  );
  return endUserId;
}

/** Lets keys that may not read credentials use `origin` as the base URL of an integration's API. */
async function allowOverride(
  db: Database,
  environment: Environment,
  integration: string,
  origin: string,
): Promise<void> {
  const found = await findIntegration(db, environment.id, integration);
  if (found === null) throw new Error(`There is no integration ${integration}`);
  await changeOverrideOrigins(db, environment, testActor, { id: found.id, origins: [origin] });
}

const test = base.extend<
  {
    /** Things of a call's own to try it on, and the secret of a key for them that holds these grants. */
    readonly settingFor: SettingFor;
  },
  {
    /** The origin of an API that answers what it was sent. */
    readonly upstream: string;
    /** The same as `settingFor` on things that all share, for calls that are denied. */
    readonly sharedSettingFor: SettingFor;
  }
>({
  upstream: [
    async ({ browserName: _ }, use) => {
      const upstream = createServer(async (request, response) => {
        const { method, url, headers } = request;
        const { authorization } = headers;
        response
          .setHeader("content-type", "application/json")
          .end(JSON.stringify({ method, url, authorization, body: await text(request) }));
      });
      await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
      const address = upstream.address();
      if (address === null || typeof address === "string") throw new Error("The upstream has no port");
      await use(`http://127.0.0.1:${address.port}`);
      upstream.closeAllConnections();
      await new Promise((resolve) => upstream.close(resolve));
    },
    { scope: "worker" },
  ],
  sharedSettingFor: [
    async ({ shared, server, upstream: api, db }, use) => {
      const { resources, environment } = shared;
      const full = new Nango({ host: server.baseURL, secretKey: shared.fullAccessKey });
      const endUserId = await nameEndUser(full, resources);
      await use(async (...grants) => {
        const secret = await shared.secretWith(...grants);
        return { resources, endUserId, api, secret, full, db, environmentId: environment.id };
      });
    },
    { scope: "worker" },
  ],
  settingFor: async (
    { addResources, secretWith, fullAccessKey, server, upstream: api, db, environment },
    use,
  ) => {
    const full = new Nango({ host: server.baseURL, secretKey: fullAccessKey });
    await use(async (...grants) => {
      const resources = await addResources();
      const endUserId = await nameEndUser(full, resources);
      await allowOverride(db, environment, resources.integration, api);
      const secret = await secretWith(...grants);
      return { resources, endUserId, api, secret, full, db, environmentId: environment.id };
    });
  },
});

/** Calls a method by its name, as code without types does. */
async function invoke(client: Client, name: string, args: readonly unknown[]): Promise<unknown> {
  const method: unknown = Reflect.get(client, name);
  if (typeof method !== "function") throw new Error(`The client has no method ${name}`);
  return Reflect.apply(method, client, args);
}

for (const [version, folder, Client, calls] of versions) {
  test(`the table has every public method of ${version}`, () => {
    const types = readFileSync(`node_modules/@nangohq/${folder}/dist/index.d.ts`, "utf8");
    const isPrivate = new Set([...types.matchAll(/^ {4}private (\w+)/gm)].map(([, name]) => name));
    const methods = Object.getOwnPropertyNames(Client.prototype).filter(
      (name) => name !== "constructor" && !isPrivate.has(name),
    );
    const unserved = version === "0.71" ? unservedNextMethods : [];
    expect([...Object.keys(calls), ...unserved].sort()).toEqual(methods.sort());
  });

  for (const [name, call] of Object.entries<ClientCall>(calls)) {
    const { scope, route, args, returns, returnsWithoutCredentials = returns } = call;

    test.describe(`${version} ${name}`, () => {
      test("succeeds with Full access", async ({ settingFor, server }) => {
        const setting = await settingFor("environment:*");
        const client = new Client({ host: server.baseURL, secretKey: setting.secret });
        expect(await invoke(client, name, await args(setting))).toEqual(returns(setting));
      });

      if (scope === sendsNoRequest) return;

      test("succeeds with only the scope it needs", async ({ settingFor, server }) => {
        const setting = await settingFor(scope === anyValidKey ? "environment:deploy" : scope);
        const client = new Client({ host: server.baseURL, secretKey: setting.secret });
        expect(await invoke(client, name, await args(setting))).toEqual(returnsWithoutCredentials(setting));
      });

      if (scope === anyValidKey) return;

      test(`is denied without ${scope}, and the answer names it`, async ({ sharedSettingFor, server }) => {
        const lacking = allScopes.filter((held) => !covers([held], scope));
        const setting = await sharedSettingFor(...lacking);
        const client = new Client({ host: server.baseURL, secretKey: setting.secret });
        await expect(invoke(client, name, await args(setting))).rejects.toMatchObject({
          response: {
            status: 403,
            data: {
              error: {
                code: "forbidden",
                message: `Insufficient scope. Required: ${scope}`,
                required_scope: scope,
              },
            },
          },
        });
      });
    });

    test(`${version} ${name} needs the scope that its route declares`, () => {
      if (route === null) return expect(scope).toBe(sendsNoRequest);
      const declared = declaredRoutes.find(({ method, path }) => `${method} ${path}` === route);
      expect(declared?.scope).toBe(scope);
    });
  }
}
