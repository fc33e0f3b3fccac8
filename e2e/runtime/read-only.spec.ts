import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { makeTestEnvironment, makeTestKey, type TestKey } from "@/e2e/fixtures/api-key";
import { callApi } from "@/e2e/fixtures/call-api";
import { type LatchkeyProcess, startLatchkey } from "@/e2e/fixtures/latchkey-process";
import { test as base, expect } from "@/e2e/fixtures/runtime-test";
import { testLength } from "@/e2e/fixtures/test-length";
import { openThrowAwayPostgres, type ThrowAwayPostgres } from "@/e2e/fixtures/throw-away-postgres";
import type { Environment } from "@/lib/access/environments/model";
import { type Database, databaseFromPool, openPool } from "@/lib/infrastructure/db/client";
import { readUsageHours } from "@/lib/testing/read-usage";

/*
 * A failover: the database is read-only for a while, then accepts writes again, then crashes and comes back.
 * The process is not restarted.
 */

/** Seconds for which the database is read-only. */
const readOnlySeconds = testLength({ short: 5, long: 30 });

type Failover = {
  readonly postgres: ThrowAwayPostgres;
  readonly latchkey: LatchkeyProcess;
  readonly sql: ReturnType<typeof openPool>;
  readonly db: Database;
  readonly environment: Environment;
  readonly key: TestKey;
};

const test = base.extend<{ readonly failover: Failover }>({
  failover: async ({ browserName: _ }, use) => {
    // Durable: after the crash everything that was committed must be there.
    const postgres = await openThrowAwayPostgres({ durable: true });
    const masterKey = randomBytes(32);
    const latchkey = await startLatchkey({
      env: {
        DATABASE_URL: postgres.url,
        LATCHKEY_MASTER_KEY: masterKey.toString("base64"),
        NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
        LATCHKEY_SERVE: "api",
      },
    });
    await latchkey.ready;
    const sql = openPool(postgres.url, 1);
    const db = databaseFromPool(sql);
    const environment = await makeTestEnvironment(db, false);
    const key = await makeTestKey(db, masterKey, environment, ["environment:*"]);
    await use({ postgres, latchkey, sql, db, environment, key });
    latchkey.child.kill("SIGTERM");
    await latchkey.ended;
    await sql.end({ timeout: 1 });
    await postgres.close();
  },
});

/** Reads with a key all the time, on four connections, and counts the answers by status. */
function startReading(baseURL: string, key: TestKey) {
  let isStopped = false;
  const counts = new Map<number | "no answer", number>();
  const readers = Array.from({ length: 4 }, async () => {
    while (!isStopped) {
      const status = await callApi(baseURL, { path: "/connections", key: key.secret }).then(
        (answer) => answer.status,
        () => "no answer" as const,
      );
      counts.set(status, (counts.get(status) ?? 0) + 1);
      await wait(10);
    }
  });
  return {
    statuses: () => new Set(counts.keys()),
    /** Ends the readers; returns how many answers had status 200. */
    stop: async () => {
      isStopped = true;
      await Promise.all(readers);
      return counts.get(200) ?? 0;
    },
  };
}

const write = ({ latchkey, key }: Failover) =>
  callApi(latchkey.baseURL, {
    method: "POST",
    path: "/connect/sessions",
    key: key.secret,
    body: { end_user: { id: "someone" } },
  });

async function readiness({ baseURL }: LatchkeyProcess): Promise<[number, unknown]> {
  const { status, body } = await callApi(baseURL, { path: "/readyz" });
  return [status, body];
}

/** The calls that the totals of a key have with an outcome. */
async function totals({ db, environment, key }: Failover, outcome: string): Promise<number> {
  const hours = await readUsageHours(db, environment.id, key.id, new Date(0));
  return hours.reduce((all, hour) => (hour.outcome === outcome ? all + hour.calls : all), 0);
}

/** What an administrator, or a failover tool, does to make the database read-only and writable again. */
const kinds = {
  "for all sessions": {
    begin: async ({ sql }: Failover) => {
      await sql`alter system set default_transaction_read_only = on`;
      await sql`select pg_reload_conf()`;
    },
    end: async ({ sql }: Failover) => {
      await sql.unsafe("alter system reset default_transaction_read_only");
      await sql`select pg_reload_conf()`;
    },
  },
  "for sessions opened in the meantime, which stay so": {
    begin: async ({ sql }: Failover) => {
      await sql`alter database latchkey set default_transaction_read_only = on`;
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`;
    },
    end: async ({ sql }: Failover) => {
      await sql`alter database latchkey reset default_transaction_read_only`;
    },
  },
};

for (const [kind, { begin, end }] of Object.entries(kinds)) {
  test(`a database that is read-only ${kind}: reads go on, writes are 503 until it is back`, async ({
    failover,
  }) => {
    const { latchkey, postgres, key } = failover;
    expect((await write(failover)).status).toBe(201);
    expect(await readiness(latchkey)).toEqual([200, { status: "ok" }]);

    await begin(failover);
    await expect
      .poll(async () => (await readiness(latchkey))[1], { intervals: [100] })
      .toEqual({ status: "read-only" });
    const reading = startReading(latchkey.baseURL, key);
    for (let second = 0; second < readOnlySeconds; second += 1) {
      const written = await write(failover);
      expect(written.status).toBe(503);
      expect(written.body).toMatchObject({ error: { code: "service_unavailable" } });
      expect(written.headers.get("retry-after")).toMatch(/^\d+$/);
      expect(await readiness(latchkey)).toEqual([200, { status: "read-only" }]);
      await wait(1000);
    }
    const writtenMeanwhile = await totals(failover, "succeeded");
    await end(failover);
    await expect.poll(() => write(failover).then(({ status }) => status), { intervals: [100] }).toBe(201);
    await expect.poll(() => readiness(latchkey)).toEqual([200, { status: "ok" }]);
    await wait(1000);
    // No read failed, neither meanwhile nor when the connections were replaced.
    expect(reading.statuses()).toEqual(new Set([200]));
    const reads = await reading.stop();

    // Nothing that was counted meanwhile is lost, and nothing is counted twice. The polls that wrote are counted
    // from the database.
    const sessions = async () =>
      Number((await failover.sql`select count(*) from connect_sessions`)[0]?.count ?? 0);
    await expect.poll(() => totals(failover, "succeeded")).toBe(reads + (await sessions()));
    expect(reads).toBeGreaterThan(writtenMeanwhile);

    // Then it crashes and comes back.
    const more = startReading(latchkey.baseURL, key);
    await wait(500);
    await postgres.crash();
    await expect.poll(() => readiness(latchkey)).toEqual([503, { status: "database unreachable" }]);
    await postgres.start();
    await expect.poll(() => readiness(latchkey)).toEqual([200, { status: "ok" }]);
    await expect.poll(() => write(failover).then(({ status }) => status)).toBe(201);
    await wait(500);
    expect([...more.statuses()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    const readsAfter = await more.stop();
    await expect
      .poll(() => totals(failover, "succeeded"), { timeout: 15_000 })
      .toBe(reads + readsAfter + (await sessions()));
    expect(latchkey.child.exitCode).toBe(null);
  });
}
