import { randomBytes } from "node:crypto";
import { makeTestKey } from "@/e2e/fixtures/api-key";
import { type LatchkeyProcess, startLatchkey } from "@/e2e/fixtures/latchkey-process";
import { openPgBouncer } from "@/e2e/fixtures/pgbouncer";
import { test as base, expect } from "@/e2e/fixtures/runtime-test";
import { openThrowAwayPostgres } from "@/e2e/fixtures/throw-away-postgres";
import { generateKey } from "@/lib/access/api-keys/key-format";
import { findEnvironment } from "@/lib/access/environments/store";
import { databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { withTimeout } from "@/lib/infrastructure/timeout";

// On PgBouncer itself, from Debian's package.

const masterKey = randomBytes(32);
const secrets = {
  LATCHKEY_MASTER_KEY: masterKey.toString("base64"),
  NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
  LATCHKEY_SERVE: "api",
  LATCHKEY_FAILED_AUTH_PER_MINUTE: "0",
};

type Behind = {
  /** The URL of the database itself. */
  readonly directUrl: string;
  /** Starts the product on PgBouncer in this mode; ends with the test. */
  readonly launch: (
    mode: "transaction" | "session",
    env?: Readonly<Record<string, string>>,
  ) => Promise<LatchkeyProcess>;
  /** Makes a Full access key; returns its secret. */
  readonly makeKey: () => Promise<string>;
};

const test = base.extend<{ readonly behind: Behind }>({
  behind: async ({ browserName: _ }, use) => {
    const postgres = await openThrowAwayPostgres();
    const bouncers = {
      transaction: await openPgBouncer(postgres.url, "transaction"),
      session: await openPgBouncer(postgres.url, "session"),
    };
    const pool = openPool(postgres.url, 1);
    const started: LatchkeyProcess[] = [];
    await use({
      directUrl: postgres.url,
      launch: async (mode, env = {}) => {
        const latchkey = await startLatchkey({
          env: { ...secrets, DATABASE_URL: bouncers[mode].url, ...env },
        });
        started.push(latchkey);
        return latchkey;
      },
      makeKey: async () => {
        const db = databaseFromPool(pool);
        const environment = await findEnvironment(db, "dev");
        if (environment === null) throw new Error("There is no environment dev");
        return (await makeTestKey(db, masterKey, environment, ["environment:*"])).secret;
      },
    });
    for (const { child, ended } of started) {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      // A start that hangs does not end by SIGTERM.
      const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await ended;
      clearTimeout(timer);
    }
    await pool.end({ timeout: 1 });
    await bouncers.transaction.close();
    await bouncers.session.close();
    await postgres.close();
  },
});

/** Calls with a key, eight at a time, and counts the calls by status and error code. */
async function callMany(baseURL: string, key: string, calls: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  let left = calls;
  const caller = async () => {
    while (left > 0) {
      left -= 1;
      const headers = { authorization: `Bearer ${key}` };
      const response = await fetch(`${baseURL}/connections`, { headers });
      const text = await response.text();
      const name = response.status === 200 ? "200" : `${response.status} ${JSON.parse(text).error.code}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 8 }, caller));
  return counts;
}

const untilReady = ({ ready }: LatchkeyProcess) => withTimeout(ready, 30_000, "The start");

test("behind a pooler in transaction mode every call is right", async ({ behind }) => {
  const latchkey = await behind.launch("transaction");
  await untilReady(latchkey);
  const key = await behind.makeKey();
  expect(await callMany(latchkey.baseURL, key, 60)).toEqual({ "200": 60 });
  expect(await callMany(latchkey.baseURL, generateKey(false), 16)).toEqual({ "401 unknown_account": 16 });
  expect(latchkey.output().stdout).toMatch(/Pooler {3}transaction mode.*LATCHKEY_DATABASE_DIRECT_URL/);
});

test("with a direct URL the lease is held behind a pooler in transaction mode", async ({ behind }) => {
  const latchkey = await behind.launch("transaction", {
    LATCHKEY_DATABASE_DIRECT_URL: behind.directUrl,
  });
  await untilReady(latchkey);
  const key = await behind.makeKey();
  expect(await callMany(latchkey.baseURL, key, 60)).toEqual({ "200": 60 });
  const isLeaseHeld = async () =>
    (await (await fetch(`${latchkey.baseURL}/metrics`)).text()).includes("latchkey_lease_held 1");
  await expect.poll(isLeaseHeld).toBe(true);
  expect(latchkey.output().stdout).toMatch(/Pooler {3}transaction mode/);
  expect(latchkey.output().stdout).toContain("LISTEN and migrations use LATCHKEY_DATABASE_DIRECT_URL");
});

test("in session mode the lease is held without a direct URL", async ({ behind }) => {
  const latchkey = await behind.launch("session");
  await untilReady(latchkey);
  const key = await behind.makeKey();
  expect(await callMany(latchkey.baseURL, key, 60)).toEqual({ "200": 60 });
  const isLeaseHeld = async () =>
    (await (await fetch(`${latchkey.baseURL}/metrics`)).text()).includes("latchkey_lease_held 1");
  await expect.poll(isLeaseHeld).toBe(true);
  expect(latchkey.output().stdout).toContain("Pooler   session mode");
});

test("a second and a third start behind a pooler do not wait", async ({ behind }) => {
  await untilReady(await behind.launch("transaction"));
  await untilReady(await behind.launch("transaction"));
  const direct = await behind.launch("transaction", { DATABASE_URL: behind.directUrl });
  await untilReady(direct);
  expect(direct.output().stdout).not.toContain("Pooler");
});
