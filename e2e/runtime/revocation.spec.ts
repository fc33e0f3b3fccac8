import { watchKeys } from "@/bench/decisions/watch";
import { testActor } from "@/e2e/fixtures/actor";
import { makeTestEnvironment } from "@/e2e/fixtures/api-key";
import { expect, expectBoundKept, test } from "@/e2e/fixtures/revocation-test";
import { deleteApiKey, editApiKey } from "@/lib/access/api-keys/lifecycle";
import { deleteEnvironment } from "@/lib/access/environments/lifecycle";

/*
 * The revocation bound: a request that starts more than a second after the commit of what forbids it is not accepted, by
 * any process. Each key is used all the time; each answer is compared with what was committed.
 */

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
  expectBoundKept(await watch.stop());
});
