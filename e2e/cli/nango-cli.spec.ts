import { createServer } from "node:http";
import { z } from "zod";
import { expect, test } from "@/e2e/fixtures/api-test";
import { allScopes, type Grant, isScope, type Scope } from "@/lib/access/scopes/catalog";
import { covers } from "@/lib/access/scopes/covers";
import { functionSources } from "./function-sources";
import { installNangoCli, makeProject, type NangoProject } from "./nango-cli";

/*
 * The real command line against the real server: what it prints is what people see (docs/environment-api.md,
 * section 4). Its exit code says little, so the text is looked at.
 */

/** The scopes that the seed names for \`nango dryrun\`. */
const dryrunScopes: readonly Scope[] = [
  "environment:connections:read_credentials",
  "environment:integrations:read",
  "environment:proxy",
];

// One project for all: the command line needs seconds to compile it.
test.describe.configure({ mode: "default" });

let project: NangoProject;

test.beforeAll(async () => {
  installNangoCli();
  project = await makeProject(functionSources);
  const compiled = await project.nango(["compile", "--no-interactive"]);
  expect(compiled.text).toContain("Compiled");
});

test.afterAll(() => project.remove());

test.beforeEach(async ({ call, fullAccessKey: key }) => {
  const integration = {
    provider: "github",
    unique_key: "github",
    credentials: { type: "OAUTH2", client_id: "id", client_secret: "secret" },
  };
  const connection = {
    provider_config_key: "github",
    connection_id: "c",
    credentials: { type: "OAUTH2", access_token: "the access token" },
  };
  const answers = [
    await call({ method: "POST", path: "/integrations", key, body: integration }),
    await call({ method: "POST", path: "/connections", key, body: connection }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 201]);
});

const scriptsSchema = z.array(
  z.object({ actions: z.array(z.object({ name: z.string(), version: z.string() })) }).loose(),
);

test("deploys with environment:deploy alone, and what it deployed runs", async ({
  call,
  secretWith,
  server,
  fullAccessKey: key,
}) => {
  const env = {
    NANGO_HOSTPORT: server.baseURL,
    NANGO_SECRET_KEY_DEV: await secretWith("environment:deploy"),
  };
  const deployed = ["greet", "token", "profile", "issues"].map((name) => `- ${name}@v0.0.1`);
  // The second time nothing has changed, and no version goes up.
  for (const plan of ["to create [ 3 ]", "to create [ 0 ]    to update [ 0 ]    to delete [ 0 ]"]) {
    const printed = await project.nango(["deploy", "dev", "--no-interactive"], env);
    expect(printed.text).toContain(plan);
    expect(printed.text).toContain("Successfully deployed the functions:");
    for (const line of deployed) expect(printed.text).toContain(line);
    expect(printed.code).toBe(0);
  }
  const scripts = scriptsSchema.parse((await call({ path: "/scripts/config", key })).body);
  expect(scripts).toMatchObject([
    {
      providerConfigKey: "github",
      syncs: [{ name: "issues", auto_start: true, returns: ["Issue"], sdk_version: "0.70.1-zero" }],
      actions: [{ name: "greet" }, { name: "profile" }, { name: "token" }],
      "on-events": [{ name: "clean-up", event: "pre-connection-deletion" }],
    },
  ]);
  const triggered = await call({
    method: "POST",
    path: "/action/trigger",
    key,
    headers: { "provider-config-key": "github", "connection-id": "c" },
    body: { action_name: "greet", input: { name: "Ada" } },
  });
  expect([triggered.status, triggered.body]).toEqual([200, { greeting: "Hello Ada" }]);
});

test("does not deploy with every scope but environment:deploy, and says which is missing", async ({
  call,
  secretWith,
  server,
  fullAccessKey: key,
}) => {
  const lacking = allScopes.filter((scope) => !covers([scope], "environment:deploy"));
  const env = { NANGO_HOSTPORT: server.baseURL, NANGO_SECRET_KEY_DEV: await secretWith(...lacking) };
  const printed = await project.nango(["deploy", "dev", "--no-interactive"], env);
  expect(printed.text).toContain("Insufficient scope. Required: environment:deploy");
  expect(printed.text).not.toContain("Successfully deployed");
  expect(printed.code).toBe(1);
  expect((await call({ path: "/scripts/config", key })).body).toEqual([]);
});

test.describe("nango dryrun", () => {
  type DryRun = (name: string, grants: readonly Grant[], input?: string) => Promise<string>;
  const dry = test.extend<{ dryrun: DryRun }>({
    dryrun: ({ server, secretWith }, use) =>
      use(async (name, grants, input) => {
        const key = await secretWith(...grants);
        const env = { NANGO_HOSTPORT: server.baseURL, NANGO_SECRET_KEY_DEV: key };
        const words = ["dryrun", name, "c", "-e", "dev", "--no-interactive"];
        const printed = await project.nango(input === undefined ? words : [...words, "--input", input], env);
        return printed.text;
      }),
  });

  /** A server that knows who has the connection's token; its address as the action's input. */
  const withUpstream = async (use: (input: string, asked: readonly string[]) => Promise<void>) => {
    const asked: string[] = [];
    const upstream = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.writeHead(200, { "content-type": "application/json" }).end('{"login":"ada"}');
    });
    await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
    const { port } = z.object({ port: z.int() }).parse(upstream.address());
    await use(JSON.stringify({ origin: `http://127.0.0.1:${port}` }), asked);
    await new Promise((resolve) => upstream.close(resolve));
  };

  dry("works with exactly the three scopes of the seed", async ({ dryrun }) => {
    await withUpstream(async (input, asked) => {
      expect(await dryrun("profile", dryrunScopes, input)).toContain('"login": "ada"');
      expect(asked).toEqual(["/user Bearer the access token"]);
    });
    expect(await dryrun("token", dryrunScopes)).toContain('"token": "the access token"');
    const synced = await dryrun("issues", dryrunScopes);
    expect(synced).toContain("The dry run would produce the following results");
  });

  for (const missing of [
    "environment:connections:read_credentials",
    "environment:integrations:read",
  ] as const) {
    dry(`fails without ${missing}`, async ({ dryrun }) => {
      const text = await dryrun(
        "greet",
        dryrunScopes.filter((scope) => scope !== missing),
        '{"name":"Ada"}',
      );
      expect(text).toContain(`Insufficient scope. Required: ${missing.replace("_credentials", "")}`);
      expect(text).not.toContain("Hello Ada");
    });
  }

  dry("fails without environment:proxy", async ({ dryrun }) => {
    await withUpstream(async (input, asked) => {
      const text = await dryrun(
        "profile",
        dryrunScopes.filter((scope) => scope !== "environment:proxy"),
        input,
      );
      expect(text).toContain("Insufficient scope. Required: environment:proxy");
      expect(text).not.toContain('"login": "ada"');
      expect(asked).toEqual([]);
    });
  });

  dry("sees no token with plain environment:connections:read", async ({ dryrun }) => {
    const plain = dryrunScopes.map((scope) => scope.replace("read_credentials", "read")).filter(isScope);
    const text = await dryrun("token", plain);
    expect(text).not.toContain("the access token");
    expect(text).toContain('"token": {}');
  });
});
