import type { APIRequestContext } from "@playwright/test";
import { actionInputs, type Subjects } from "@/e2e/fixtures/action-inputs";
import { testActor } from "@/e2e/fixtures/actor";
import { connectGitHub } from "@/e2e/fixtures/connect-github";
import { makeTestMember } from "@/e2e/fixtures/members";
import { builtServerActions, callServerAction, type ServerAction } from "@/e2e/fixtures/server-actions";
import { test as base, expect } from "@/e2e/fixtures/test";
import type { MemberRole } from "@/lib/access/members/model";
import { createVariable } from "@/lib/functions/variables/lifecycle";

/*
 * Every action that the build serves, called over HTTP by those who may not use it, with an input that is right: the
 * denial is for who they are, and an admin may then send the very same.
 */

type Fixtures = {
  /** Requests of a signed-in person, or anonymous ones where the role is null. */
  readonly requestAs: (role: MemberRole | null) => Promise<APIRequestContext>;
  /** Things in a production environment to call the actions on. */
  readonly subjects: Subjects;
};

const test = base.extend<Fixtures>({
  requestAs: async ({ playwright, server, sessionOf }, use) => {
    const contexts = new Map<MemberRole | null, Promise<APIRequestContext>>();
    const open = async (role: MemberRole | null) =>
      playwright.request.newContext({
        baseURL: server.baseURL,
        ...(role !== null && { storageState: await sessionOf(role) }),
        extraHTTPHeaders: { Origin: server.baseURL },
      });
    await use((role) => {
      const context = contexts.get(role) ?? open(role);
      contexts.set(role, context);
      return context;
    });
    for (const context of contexts.values()) await (await context).dispose();
  },
  subjects: async ({ db, masterKey, apiKey, productionEnvironment: environment }, use) => {
    const key = await apiKey(["environment:proxy"], { environment });
    const values = { name: "SUBJECT", value: "value" };
    const variable = await createVariable(db, masterKey, environment, testActor, values);
    if (!variable.ok) throw new Error(variable.error.message);
    const member = await makeTestMember(db, "viewer");
    const { integrationId, connectionId } = await connectGitHub(db, masterKey, environment);
    await use({
      environment,
      keyId: key.id,
      variableId: variable.value.id,
      integrationId,
      connectionId,
      member,
    });
  },
});

/** The one action of people who are no members. */
const connecting = "connectAccountAction";

const built = builtServerActions();
const actions = built.filter(({ name }) => name !== connecting);

function actionNamed(name: string): ServerAction {
  const found = built.find((action) => action.name === name);
  if (found === undefined) throw new Error(`The build has no action ${name}`);
  return found;
}

test("the build has the actions that the tests know, and no others", () => {
  expect(built.map(({ name }) => name).sort()).toEqual([...Object.keys(actionInputs), connecting].sort());
});

for (const action of actions) {
  test(`${action.name} is for those whose role allows it`, async ({ requestAs, subjects }) => {
    const name = subjects.environment.name;
    const input = actionInputs[action.name]?.(subjects);
    const call = async (role: MemberRole | null, given: unknown) =>
      callServerAction(await requestAs(role), action, name, given);

    expect(await call(null, input)).toMatchObject({ ok: false, error: { code: "unauthenticated" } });
    for (const role of ["viewer", "developer"] as const) {
      expect(await call(role, input)).toMatchObject({ ok: false, error: { code: "forbidden" } });
    }
    // Bad input does not change that, nor does input of no known form at all.
    expect(await call("viewer", { environment: name })).toMatchObject({ error: { code: "forbidden" } });
    for (const odd of [null, "text", 7, [], { environment: 7 }, { environment: "../x" }]) {
      expect(await call("viewer", odd)).toMatchObject({
        error: { code: expect.stringMatching(/^(forbidden|environment_not_found)$/) },
      });
    }
    expect(await call("admin", { environment: name })).toMatchObject({ error: { code: "invalid" } });
    expect(await call("admin", input)).toMatchObject({ ok: true });
  });
}

test("connecting asks for a session's token, whoever asks", async ({ requestAs, subjects }) => {
  const connect = actionNamed(connecting);
  const input = { integration: "x", config: {}, credentials: { type: "OAUTH2" } };
  for (const role of [null, "admin"] as const) {
    const call = async (given: unknown) =>
      callServerAction(await requestAs(role), connect, subjects.environment.name, given);
    for (const token of ["", `nango_connect_session_${"0".repeat(64)}`]) {
      expect(await call({ ...input, token })).toMatchObject({ error: { code: "unknown_session" } });
    }
    for (const odd of [null, "text", 7, [], {}, { ...input, token: 7 }]) {
      expect(await call(odd)).toMatchObject({ error: { code: "invalid" } });
    }
    // The rest of the input is not looked at before.
    const wrong = { ...input, token: "none", config: Object.fromEntries(Array(1000).fill(0).entries()) };
    expect(await call(wrong)).toMatchObject({ error: { code: "unknown_session" } });
  }
});

test("a developer may change what is in an environment that is not a production one", async ({
  requestAs,
  environment,
}) => {
  const create = actionNamed("createVariableAction");
  const input = { environment: environment.name, name: "ADDED", value: "added" };
  const asViewer = await callServerAction(await requestAs("viewer"), create, environment.name, input);
  expect(asViewer).toMatchObject({ ok: false, error: { code: "forbidden" } });
  const asDeveloper = await callServerAction(await requestAs("developer"), create, environment.name, input);
  expect(asDeveloper).toMatchObject({ ok: true });
});

test("an action does not find the id of another environment's thing", async ({
  requestAs,
  environment,
  subjects,
}) => {
  const admin = await requestAs("admin");
  for (const [name, input] of [
    ["revealVariableAction", { id: subjects.variableId }],
    ["deleteVariableAction", { id: subjects.variableId }],
    ["revealIntegrationAction", { id: subjects.integrationId }],
    ["revealConnectionAction", { id: subjects.connectionId }],
    ["revealApiKeyAction", { id: subjects.keyId, how: "reveal" }],
    ["deleteApiKeyAction", { id: subjects.keyId }],
  ] as const) {
    const foreign = { environment: environment.name, ...input };
    expect(await callServerAction(admin, actionNamed(name), environment.name, foreign)).toMatchObject({
      error: { code: "not_found" },
    });
  }
});
