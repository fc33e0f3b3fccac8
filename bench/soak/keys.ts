import { randomBytes } from "node:crypto";
import type { DecisionRecorder } from "@/bench/decisions/decision-recorder";
import { testActor } from "@/e2e/fixtures/actor";
import { makeTestKey, type TestKey } from "@/e2e/fixtures/api-key";
import type { Site } from "@/e2e/fixtures/site";
import { deleteApiKey, editApiKey } from "@/lib/access/api-keys/lifecycle";
import type { Environment } from "@/lib/access/environments/model";

const readGrants = ["environment:config:read"] as const;
const otherGrants = ["environment:deploy"] as const;

export type SoakKey = TestKey & {
  readonly environment: Environment;
  readonly path: string;
  /** True while the key has the scope that `path` requires. */
  hasReadScope: boolean;
  /** When it was deleted or expired, by `performance.now()`; null while it is valid. */
  endedAt: number | null;
};

export type SoakKeys = {
  /** Returns a random key that is valid or ended recently. Null when there is none. */
  readonly pickKey: () => SoakKey | null;
  /** Makes one random change, with the functions of the product or directly in the database. */
  readonly applyRandomChange: () => Promise<void>;
};

/** The number of valid keys to keep. It is below the limit of an environment. */
const targetKeyCount = 25;

/** Milliseconds for which requests still use a key that has ended. */
const requestedAfterEndMs = 10_000;

/** Creates a changing set of keys in one environment. Records every change. */
export function createSoakKeys(
  site: Site,
  environment: Environment,
  recorder: DecisionRecorder,
  subjectsOf: (key: TestKey) => readonly string[],
): SoakKeys {
  const { db, sql, masterKey } = site;
  const keys = new Set<SoakKey>();
  // Only one change of a key runs at a time, so that the order of its changes is known.
  const changingKeys = new Set<SoakKey>();

  const validKeys = () => [...keys].filter((key) => key.endedAt === null);

  async function create(): Promise<void> {
    const startedAt = performance.now();
    const key = await makeTestKey(db, masterKey, environment, readGrants, randomBytes(6).toString("hex"));
    recorder.recordChange(subjectsOf(key), 200, startedAt, performance.now());
    const path = Math.random() < 0.5 ? "/providers/github" : "/environment-variables";
    keys.add({ ...key, environment, path, hasReadScope: true, endedAt: null });
  }

  async function remove(key: SoakKey): Promise<void> {
    key.endedAt = performance.now();
    await recorder.makeChange(subjectsOf(key), 401, () =>
      Math.random() < 0.5
        ? deleteApiKey(db, environment, testActor, key.id)
        : sql`delete from api_keys where id = ${key.id}`,
    );
  }

  async function expire(key: SoakKey): Promise<void> {
    const expiresAt = Date.now() + Math.round((Math.random() - 0.3) * 2000);
    const endsAt = performance.now() + expiresAt - Date.now();
    key.endedAt = endsAt;
    const startedAt = performance.now();
    await sql`update api_keys set expires_at = ${new Date(expiresAt).toISOString()} where id = ${key.id}`;
    // It expires at `endsAt`, but not before the update has started. The 5 ms are a tolerance between the two
    // clocks, `Date.now()` and `performance.now()`.
    recorder.recordChange(
      subjectsOf(key),
      401,
      Math.max(startedAt, endsAt) - 5,
      Math.max(performance.now(), endsAt),
    );
  }

  async function rescope(key: SoakKey): Promise<void> {
    key.hasReadScope = !key.hasReadScope;
    const grants = key.hasReadScope ? readGrants : otherGrants;
    // GET /providers/github accepts every valid key, whatever its scopes.
    const expectedStatus = key.hasReadScope || key.path === "/providers/github" ? 200 : 403;
    await recorder.makeChange(subjectsOf(key), expectedStatus, () =>
      Math.random() < 0.5
        ? editApiKey(db, environment, testActor, { ...key, grants })
        : sql`update api_keys set scopes = ${grants} where id = ${key.id}`,
    );
  }

  /** Returns the kind of change for a random number from 0 to 1: in most cases a change of scopes. */
  function pickChange(random: number): (key: SoakKey) => Promise<void> {
    if (random < 0.2) return remove;
    return random < 0.35 ? expire : rescope;
  }

  /**
   * Deletes keys that ended some time ago, because expired keys count towards the limit of their environment.
   */
  async function deleteOldKeys(): Promise<void> {
    const old = [...keys].filter(
      ({ endedAt }) => endedAt !== null && performance.now() - endedAt > requestedAfterEndMs,
    );
    for (const key of old) keys.delete(key);
    if (old.length > 0) await sql`delete from api_keys where id in ${sql(old.map(({ id }) => id))}`;
  }

  return {
    pickKey: () => {
      const all = [...keys];
      return all[Math.floor(Math.random() * all.length)] ?? null;
    },
    applyRandomChange: async () => {
      await deleteOldKeys();
      const candidates = validKeys().filter((key) => !changingKeys.has(key));
      const key = candidates[Math.floor(Math.random() * candidates.length)];
      if (key === undefined || validKeys().length < targetKeyCount) return create();
      changingKeys.add(key);
      const change = pickChange(Math.random());
      await change(key).finally(() => changingKeys.delete(key));
    },
  };
}
