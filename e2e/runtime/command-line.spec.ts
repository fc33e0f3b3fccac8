import { runNpmScript, runScript } from "@/e2e/fixtures/command";
import { openDataFolderDatabase } from "@/e2e/fixtures/data-folder-database";
import { expect, postgresOf, test, testOnNewFolder } from "@/e2e/fixtures/runtime-test";

test("while the server runs: create prints the secret alone, and delete counts at once", async ({
  dataDir,
  launch,
}) => {
  const latchkey = await launch();
  await latchkey.ready;
  const created = await runNpmScript("keys", dataDir, [
    ...["create", "--env", "dev", "--name", "CI"],
    ...["--scope", "environment:connections:list", "--scope", "environment:deploy"],
  ]);
  expect(created).toMatchObject({ code: 0, stderr: "" });
  expect(created.stdout).toMatch(/^lk_test_[0-9A-Za-z]{49}\n$/);
  const secret = created.stdout.trim();
  const ask = (path: string) =>
    fetch(`${latchkey.baseURL}${path}`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await ask("/connections")).status).toBe(200);
  expect((await ask("/integrations")).status).toBe(403);

  const listed = await runScript("keys", dataDir, ["list", "--env", "dev", "--json"]);
  expect(JSON.parse(listed.stdout)).toMatchObject([
    { displayName: "Default - Full access", grants: ["environment:*"] },
    {
      displayName: "CI",
      grants: ["environment:connections:list", "environment:deploy"],
      lastFour: secret.slice(-4),
    },
  ]);
  expect(listed.stdout).not.toContain(secret.slice(8, 40));
  expect((await runScript("keys", dataDir, ["list", "--env", "dev"])).stdout).toContain(
    `lk_test_…${secret.slice(-4)}`,
  );

  const again = await runScript("keys", dataDir, ["create", "--env", "dev", "--name", "ci", "--full-access"]);
  expect(again).toMatchObject({ code: 1, stdout: "" });
  expect(again.stderr).toMatch(/^.*name\n$/);

  expect(await runScript("keys", dataDir, ["delete", "--env", "dev", "--name", "CI"])).toMatchObject({
    code: 0,
    stdout: "",
    stderr: "",
  });
  expect((await ask("/connections")).status).toBe(401);
  expect((await fetch(`${latchkey.baseURL}/readyz`)).status).toBe(200);
});

testOnNewFolder(
  "while nothing runs: the database is started for the moment, and the audit log names the user",
  async ({ dataDir }) => {
    const created = await runScript("keys", dataDir, [
      ...["create", "--env", "prod", "--name", "Backend"],
      ...["--profile", "backend-service"],
    ]);
    expect(created.stdout).toMatch(/^lk_live_[0-9A-Za-z]{49}\n$/);
    expect(postgresOf(dataDir).pid).toBe(null);

    const { pool, close } = await openDataFolderDatabase(dataDir);
    const rows = await pool`
    select actor_kind, environment_name, subject_name from audit_events
    where action = 'api_key.create' and actor_kind <> 'system'`;
    await close();
    expect([...rows]).toEqual([
      { actor_kind: "command_line", environment_name: "prod", subject_name: "Backend" },
    ]);
  },
);

test("members come and go, with the password on standard input", async ({ dataDir }) => {
  // Kept running: another test is about commands that start and stop it.
  const { close } = await openDataFolderDatabase(dataDir);
  const members = (words: readonly string[], input?: string) => runScript("members", dataDir, words, input);
  const short = await members(["add", "--email", "a@example.com", "--role", "admin"], "short\n");
  expect(short.code).toBe(2);
  const password = "a password of some length";
  const added = await members(["add", "--email", "a@example.com", "--role", "admin"], `${password}\n`);
  expect(added).toEqual({ code: 0, stdout: "", stderr: "" });
  await members(["add", "--email", "b@example.com", "--role", "admin"], password);
  expect((await members(["role", "--email", "b@example.com", "--role", "viewer"])).code).toBe(0);
  expect((await members(["remove", "--email", "a@example.com"])).code).toBe(1);
  const listed = await members(["list", "--json"]);
  expect(JSON.parse(listed.stdout)).toMatchObject([
    { email: "a@example.com", role: "admin", hasPassword: true },
    { email: "b@example.com", role: "viewer" },
  ]);
  expect(listed.stdout).not.toContain("argon2");
  expect((await members(["remove", "--email", "b@example.com"])).code).toBe(0);
  await close();
});

testOnNewFolder(
  "invalid arguments print what is wrong and the usage, and touch nothing",
  async ({ dataDir }) => {
    const wrong = [
      [],
      ["frobnicate"],
      ["create", "--env", "dev"],
      ["create", "--env", "dev", "--name", "x"],
      ["create", "--env", "dev", "--name", "x", "--full-access", "--scope", "environment:deploy"],
      ["create", "--env", "dev", "--name", "x", "--scope", "environment:everything"],
      ["create", "--env", "dev", "--name", " ", "--full-access"],
      ["list", "--envs", "dev"],
    ];
    const outcomes = await Promise.all(wrong.map((words) => runScript("keys", dataDir, words)));
    for (const { code, stdout, stderr } of outcomes) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^[^\n]+\.\n\nUsage:\n/);
    }
    expect(postgresOf(dataDir).pid).toBe(null);
    const help = await runScript("keys", dataDir, ["--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toMatch(/^Usage:\n/);
  },
);
