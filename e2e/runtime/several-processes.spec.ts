import { expect, postgresOf, test, testOnNewFolder } from "@/e2e/fixtures/runtime-test";

async function isReady(baseURL: string): Promise<boolean> {
  return (await fetch(`${baseURL}/readyz`)).status === 200;
}

test("a second start by mistake, on the same port, leaves the first alone", async ({ dataDir, launch }) => {
  const first = await launch();
  await first.ready;
  const { pid } = postgresOf(dataDir);
  const second = await launch({ env: { PORT: String(first.port) } });
  expect((await second.ended).code).toBe(1);
  expect(second.output().stderr).toContain(`Port ${first.port} is taken`);
  expect(await isReady(first.baseURL)).toBe(true);
  expect(postgresOf(dataDir).pid).toBe(pid);
});

testOnNewFolder(
  "two starts at once on a new folder share one database, which the last to leave stops",
  async ({ dataDir, launch }) => {
    const [first, second] = await Promise.all([launch(), launch()]);
    await Promise.all([first.ready, second.ready]);
    const { pid } = postgresOf(dataDir);

    first.child.kill("SIGTERM");
    expect((await first.ended).code).toBe(0);
    expect(postgresOf(dataDir).pid).toBe(pid);
    expect(await isReady(second.baseURL)).toBe(true);

    second.child.kill("SIGTERM");
    expect((await second.ended).code).toBe(0);
    expect(postgresOf(dataDir).pid).toBe(null);
  },
);
