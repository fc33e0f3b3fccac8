import { watchKeys } from "@/bench/decisions/watch";
import { makeTestEnvironment } from "@/e2e/fixtures/api-key";
import { openPostgresProxy } from "@/e2e/fixtures/postgres-proxy";
import { expect, expectBoundKept, expectRecovered, test } from "@/e2e/fixtures/revocation-test";
import { ownApplicationName } from "@/e2e/fixtures/site";

/*
 * The revocation bound while things break: sessions, the database, a process, the network.
 */

test("the bound holds when the sessions at the database are killed again and again", async ({ site }) => {
  const [first, second] = await Promise.all([site.start(), site.start()]);
  const watch = watchKeys(site, [first.baseURL, second.baseURL]);
  const environment = await makeTestEnvironment(site.db, false);
  const control = await watch.addKey(environment, ["environment:*"]);
  const sessions = {
    listening: site.sql`query ilike 'listen%'`,
    all: site.sql`application_name <> ${ownApplicationName}`,
  };
  for (const which of [sessions.listening, sessions.all]) {
    const doomed = await watch.addKey(environment, ["environment:*"]);
    const kill = () =>
      site.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and ${which}`;
    for (let time = 0; time < 4; time += 1) await kill();
    await Promise.all([
      kill(),
      watch.makeChange([doomed], 401, () => site.sql`delete from api_keys where id = ${doomed.id}`),
    ]);
    for (let time = 0; time < 10; time += 1) {
      await kill();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await watch.waitForBound();
    await expectRecovered(watch, control, doomed);
  }
  expectBoundKept(await watch.stop());
});

test("the bound holds when the database is stopped and started", async ({ site, postgres }) => {
  const [first, second] = await Promise.all([site.start(), site.start()]);
  const watch = watchKeys(site, [first.baseURL, second.baseURL]);
  const environment = await makeTestEnvironment(site.db, false);
  const control = await watch.addKey(environment, ["environment:*"]);
  const doomed = await watch.addKey(environment, ["environment:*"]);
  const doomedWhileStarting = await watch.addKey(environment, ["environment:*"]);
  await watch.makeChange([doomed], 401, () => site.sql`delete from api_keys where id = ${doomed.id}`);
  await postgres.stop();
  await watch.waitForBound();
  expect(await watch.sendRequest(control)).toEqual([503, 503]);
  await postgres.start();
  await watch.makeChange(
    [doomedWhileStarting],
    401,
    () => site.sql`delete from api_keys where id = ${doomedWhileStarting.id}`,
  );
  await expectRecovered(watch, control, doomed);
  await watch.waitForBound();
  expect(await watch.sendRequest(doomed)).toEqual([401, 401]);
  expectBoundKept(await watch.stop());
});

test("the bound holds in a process that was suspended", async ({ site }) => {
  const [awake, asleep] = await Promise.all([site.start(), site.start()]);
  const watch = watchKeys(site, [awake.baseURL, asleep.baseURL]);
  const environment = await makeTestEnvironment(site.db, false);
  const control = await watch.addKey(environment, ["environment:*"]);
  const doomed = await watch.addKey(environment, ["environment:*"]);
  asleep.child.kill("SIGSTOP");
  await watch.makeChange([doomed], 401, () => site.sql`delete from api_keys where id = ${doomed.id}`);
  await watch.waitForBound();
  const answers = watch.sendRequest(doomed);
  await watch.waitForBound();
  await watch.waitForBound();
  asleep.child.kill("SIGCONT");
  // The second is the first answer that the process gives once it is awake.
  expect(await answers).toEqual([401, 401]);
  expect(await watch.sendRequest(doomed)).toEqual([401, 401]);
  await expectRecovered(watch, control, doomed);
  expectBoundKept(await watch.stop());
});

for (const fault of ["cut", "stall"] as const) {
  test(`the bound holds when the network to the database is ${fault === "cut" ? "cut" : "stalled"}: then 503 and nothing else`, async ({
    site,
  }) => {
    const proxy = await openPostgresProxy(site.databaseUrl);
    const cutOff = await site.start({ databaseUrl: proxy.url });
    const watch = watchKeys(site, [cutOff.baseURL]);
    const environment = await makeTestEnvironment(site.db, false);
    const control = await watch.addKey(environment, ["environment:*"]);
    const doomed = await watch.addKey(environment, ["environment:*"]);
    await proxy[fault]();
    await watch.makeChange([doomed], 401, () => site.sql`delete from api_keys where id = ${doomed.id}`);
    await watch.waitForBound();
    const dark = performance.now();
    await watch.waitForBound();
    await watch.waitForBound();
    await watch.waitForBound();
    const light = performance.now();
    await proxy.restore();
    await expectRecovered(watch, control, doomed);
    await watch.waitForBound();
    const verdict = await watch.stop();
    expectBoundKept(verdict);
    const inTheDark = watch
      .requests()
      .filter(({ startedAt, endedAt }) => startedAt > dark && endedAt < light)
      .map(({ status }) => status);
    expect(new Set(inTheDark)).toEqual(new Set([503]));
    await proxy.close();
  });
}
