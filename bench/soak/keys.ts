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
  /** Holds the scope that `path` asks for. */
  hasReadScope: boolean;
  /** When it was deleted or expired, by `performance.now()`; null while it lives. */
  endedAt: number | null;
};

export type SoakKeys = {
  /** One to ask for: alive, or ended not long ago. */
  readonly pickKey: () => SoakKey | null;
  /** One change, of any kind, by the product or by hand. */
  readonly applyRandomChange: () => Promise<void>;
};

/** How many keys there are about; below the limit of an environment. */
const targetKeyCount = 25;

/** Milliseconds for which ended keys are still asked for. */
const requestedAfterEndMs = 10_000;

/** Keys of one environment that come, change and go; the record is told of all of it. */
export function openSoakKeys(
  site: Site,
  environment: Environment,
  record: DecisionRecorder,
  subjectsOf: (key: TestKey) => readonly string[],
): SoakKeys {
  const { db, sql, masterKey } = site;
  const keys = new Set<SoakKey>();
  // One change of a key at a time: their order has to be known.
  const changing = new Set<SoakKey>();

  const alive = () => [...keys].filter((key) => key.endedAt === null);

  async function create(): Promise<void> {
    const asked = performance.now();
    const made = await makeTestKey(db, masterKey, environment, readGrants, randomBytes(6).toString("hex"));
    record.recordChange(subjectsOf(made), 200, asked, performance.now());
    const path = Math.random() < 0.5 ? "/providers/github" : "/environment-variables";
    keys.add({ ...made, environment, path, hasReadScope: true, endedAt: null });
  }

  async function remove(key: SoakKey): Promise<void> {
    key.endedAt = performance.now();
    await record.makeChange(subjectsOf(key), 401, () =>
      Math.random() < 0.5
        ? deleteApiKey(db, environment, testActor, key.id)
        : sql`delete from api_keys where id = ${key.id}`,
    );
  }

  async function expire(key: SoakKey): Promise<void> {
    const end = Date.now() + Math.round((Math.random() - 0.3) * 2000);
    const endsAt = performance.now() + end - Date.now();
    key.endedAt = endsAt;
    const asked = performance.now();
    await sql`update api_keys set expires_at = ${new Date(end).toISOString()} where id = ${key.id}`;
    // It ends at that time, and not before the change of it can be known.
    record.recordChange(
      subjectsOf(key),
      401,
      Math.max(asked, endsAt) - 5,
      Math.max(performance.now(), endsAt),
    );
  }

  async function rescope(key: SoakKey): Promise<void> {
    key.hasReadScope = !key.hasReadScope;
    const grants = key.hasReadScope ? readGrants : otherGrants;
    // Where any valid key may come in, its scopes do not matter.
    const answer = key.hasReadScope || key.path === "/providers/github" ? 200 : 403;
    await record.makeChange(subjectsOf(key), answer, () =>
      Math.random() < 0.5
        ? editApiKey(db, environment, testActor, { ...key, grants })
        : sql`update api_keys set scopes = ${grants} where id = ${key.id}`,
    );
  }

  /** Drops what ended long ago; an expired key would go on to count towards its environment's limit. */
  async function forget(): Promise<void> {
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
      await forget();
      const living = alive().filter((key) => !changing.has(key));
      const key = living[Math.floor(Math.random() * living.length)];
      if (key === undefined || alive().length < targetKeyCount) return create();
      changing.add(key);
      const kind = Math.random();
      await (kind < 0.2 ? remove(key) : kind < 0.35 ? expire(key) : rescope(key)).finally(() =>
        changing.delete(key),
      );
    },
  };
}
