import { expect, postgresOf, test, testOnNewFolder } from "@/e2e/fixtures/runtime-test";

testOnNewFolder(
  "starts, says where and how, stops clean on SIGTERM, and starts again with the same data",
  async ({ dataDir, launch }) => {
    const first = await launch({ env: { LATCHKEY_SERVE: "all" } });
    await first.ready;
    expect((await fetch(`${first.baseURL}/healthz`)).status).toBe(200);
    expect((await fetch(`${first.baseURL}/readyz`)).status).toBe(200);
    const { stdout } = first.output();
    expect(stdout).toContain(first.baseURL);
    expect(stdout).toContain(`${dataDir}/postgres`);
    expect(stdout).toMatch(/one-time link[\s\S]*\/setup\?token=/);

    first.child.kill("SIGTERM");
    expect(await first.ended).toEqual({ code: 0, signal: null });
    expect(first.output().stderr).toBe("");
    expect(postgresOf(dataDir).pid).toBe(null);
    expect(postgresOf(dataDir).log()).toMatch(/database system is shut down\s*$/);

    const second = await launch({ env: { LATCHKEY_SERVE: "all" } });
    await second.ready;
    expect(postgresOf(dataDir).log()).not.toContain("not properly shut down");
  },
);

test("Ctrl-C, which reaches npm and node alike, stops clean", async ({ dataDir, launch }) => {
  const latchkey = await launch({ command: ["npm", "start"], ownGroup: true });
  await latchkey.ready;
  process.kill(-(latchkey.child.pid ?? Number.NaN), "SIGINT");
  await latchkey.ended;
  expect(postgresOf(dataDir).pid).toBe(null);
  expect(postgresOf(dataDir).log()).toMatch(/database system is shut down\s*$/);
});

test("SIGTERM to npm alone, which npm keeps to itself, stops clean", async ({ dataDir, launch }) => {
  const latchkey = await launch({ command: ["npm", "start"] });
  await latchkey.ready;
  latchkey.child.kill("SIGTERM");
  // The pipes close when node, the grandchild, has ended too.
  await latchkey.ended;
  expect(postgresOf(dataDir).pid).toBe(null);
  expect(postgresOf(dataDir).log()).toMatch(/database system is shut down\s*$/);
});
