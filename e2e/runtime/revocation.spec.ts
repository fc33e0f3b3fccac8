import { test as base } from "@playwright/test";
import type { DecisionReport } from "@/bench/decisions/verify-decisions";
import { type KeyWatch, type WatchedKey, watchKeys } from "@/bench/decisions/watch";
import { testActor } from "@/e2e/fixtures/actor";
import { makeTestEnvironment } from "@/e2e/fixtures/api-key";
import { openPostgresProxy } from "@/e2e/fixtures/postgres-proxy";
import { expect } from "@/e2e/fixtures/runtime-test";
import { openSite, ownApplicationName, type Site } from "@/e2e/fixtures/site";
import { openThrowAwayPostgres, type ThrowAwayPostgres } from "@/e2e/fixtures/throw-away-postgres";
import { deleteApiKey, editApiKey } from "@/lib/access/api-keys/lifecycle";
import { deleteEnvironment } from "@/lib/access/environments/lifecycle";

/*
 * The revocation bound: a request that starts more than a second after the commit of what forbids it is not accepted, by any
 * process, whatever breaks. Every key is asked for all the time while things break; the judge compares each answer with
 * what was committed.
 */

const test = base.extend<{ readonly site: Site }, { readonly postgres: ThrowAwayPostgres }>({
  postgres: [
    async ({ browserName: _ }, use) => {
      const postgres = await openThrowAwayPostgres();
      await use(postgres);
      await postgres.close();
    },
    { scope: "worker" },
  ],
  site: async ({ postgres }, use) => {
    const site = await openSite(postgres.url);
    await use(site);
    await site.close();
  },
});

function expectKept(verdict: DecisionReport): void {
  expect(verdict).toMatchObject({ wrongAcceptances: [], wrongRejections: [], unexpected: [] });
  // Otherwise nothing was put to the test.
  expect(verdict.rejectionsAfterBound).toBeGreaterThan(0);
}

/** Waits until the processes answer again as if nothing had happened; until then a connection may still be missing. */
async function expectRecovered(watch: KeyWatch, control: WatchedKey, doomed: WatchedKey): Promise<void> {
  for (const [key, status] of [
    [control, 200],
    [doomed, 401],
  ] as const) {
    await expect
      .poll(async () => new Set(await watch.sendRequest(key)), { intervals: [100] })
      .toEqual(new Set([status]));
  }
}

test("whatever forbids a key is in force on every process within a second", async ({ site }) => {
  const [first, second] = await Promise.all([site.start(), site.start()]);
  const watch = watchKeys(site, [first.baseURL, second.baseURL]);
  const { db, sql } = site;
  const environment = await makeTestEnvironment(db, false);
  const doomed = await makeTestEnvironment(db, false);
  const cascaded = await makeTestEnvironment(db, true);
  const full = (place = environment) => watch.addKey(place, ["environment:*"]);
  const reading = () => watch.addKey(environment, ["environment:config:read"], "/environment-variables");
  const other = ["environment:deploy"] as const;

  const control = await full();
  const deleted = await full();
  await watch.makeChange([deleted], 401, () => deleteApiKey(db, environment, testActor, deleted.id));
  const deletedByHand = await full();
  await watch.makeChange(
    [deletedByHand],
    401,
    () => sql`delete from api_keys where id = ${deletedByHand.id}`,
  );
  const narrowed = await reading();
  await watch.makeChange([narrowed], 403, () =>
    editApiKey(db, environment, testActor, { ...narrowed, grants: other }),
  );
  const narrowedByHand = await reading();
  await watch.makeChange(
    [narrowedByHand],
    403,
    () => sql`update api_keys set scopes = ${other} where id = ${narrowedByHand.id}`,
  );
  const expired = await full();
  await watch.makeChange(
    [expired],
    401,
    () => sql`update api_keys set expires_at = now() - interval '1 second' where id = ${expired.id}`,
  );
  const replaced = await full();
  await watch.makeChange(
    [replaced],
    401,
    () => sql`update api_keys set hash = sha256('another') where id = ${replaced.id}`,
  );
  const ofDoomed = await full(doomed);
  await watch.makeChange([ofDoomed], 401, () => deleteEnvironment(db, testActor, doomed.id));
  const ofCascaded = await full(cascaded);
  await watch.makeChange([ofCascaded], 401, () => sql`delete from environments where id = ${cascaded.id}`);
  await watch.waitForBound();
  expect(await watch.sendRequest(control)).toEqual([200, 200]);
  expect(await watch.sendRequest(narrowed)).toEqual([403, 403]);

  // What was taken away can be given back.
  await watch.makeChange(
    [narrowedByHand],
    200,
    () => sql`update api_keys set scopes = '{environment:*}' where id = ${narrowedByHand.id}`,
  );
  await watch.waitForBound();
  expect(await watch.sendRequest(narrowedByHand)).toEqual([200, 200]);

  const rest = [control, narrowed, narrowedByHand];
  await watch.makeChange(rest, 401, () => sql`truncate api_keys cascade`);
  await watch.waitForBound();
  expectKept(await watch.stop());
});

test("also when its sessions at the database are killed again and again", async ({ site }) => {
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
  expectKept(await watch.stop());
});

test("also when the database is stopped and started", async ({ site, postgres }) => {
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
  expectKept(await watch.stop());
});

test("also by a process that slept through it", async ({ site }) => {
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
  expectKept(await watch.stop());
});

for (const fault of ["cut", "stall"] as const) {
  test(`also when the network to the database is ${fault === "cut" ? "cut" : "stalled"}: then 503 and nothing else`, async ({
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
    expectKept(verdict);
    const inTheDark = watch
      .requests()
      .filter(({ startedAt, endedAt }) => startedAt > dark && endedAt < light)
      .map(({ status }) => status);
    expect(new Set(inTheDark)).toEqual(new Set([503]));
    await proxy.close();
  });
}
