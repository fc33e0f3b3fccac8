import type { Finding, Measure } from "@/bench/measure";
import { sendRequests } from "@/bench/send-requests";
import type { Workspace } from "@/bench/workspace";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { openKeepAliveClient } from "@/e2e/fixtures/keep-alive-client";
import { end, type Site } from "@/e2e/fixtures/site";

const requests = 10_000;
const seconds = 10;
const path = "/providers/github";

/** The tables that usage is written to. */
const tables = ["api_keys", "usage_hours", "key_callers", "usage_writers"] as const;

/**
 * Measures how many rows are written for usage. Verifies that calls are counted exactly, also when a process
 * stops.
 */
export const usage: Measure = {
  name: "usage",
  needs: [],
  run: async (workspace) => [...(await measureWrites(workspace)), ...(await measureStop(workspace))],
};

/** Counts the rows written during steady load, and compares the totals with the number of requests. */
async function measureWrites(workspace: Workspace): Promise<Finding[]> {
  const site = await workspace.openSite();
  const process = await site.start();
  const key = await makeKey(site);
  const client = openKeepAliveClient(process.baseURL);
  const before = await readWrittenRows(site);
  await sendRequests(requests, () => client.statusOf(path, key.secret), seconds);
  client.close();
  // A PostgreSQL session may report its statistics only when it ends.
  await end(process);
  const after = await readWrittenRows(site);
  const rows = tables.map((table) => ({ table, rows: (after.get(table) ?? 0) - (before.get(table) ?? 0) }));
  const maxRows = Math.max(...rows.map((row) => row.rows));
  return [
    {
      title: `rows written by ${requests} requests in ${seconds} s, in the table with the most`,
      value: maxRows,
      unit: "rows",
      spread: rows.map((row) => `${row.table} ${row.rows}`).join(", "),
      // One batch per second, and one at the start and at the end.
      target: { atMost: seconds + 2 },
    },
    {
      title: `difference between ${requests} requests and the usage totals`,
      value: Math.abs(requests - (await countCalls(site, key.id))),
      unit: "calls",
      spread: "",
      target: { atMost: 0 },
    },
  ];
}

/** Compares the totals with the responses when one of two processes gets SIGTERM under load. */
async function measureStop(workspace: Workspace): Promise<Finding[]> {
  const site = await workspace.openSite();
  const [stopping, running] = await Promise.all([site.start(), site.start()]);
  const key = await makeKey(site);
  const clients = [stopping, running].map(({ baseURL }) => openKeepAliveClient(baseURL));
  let answered = 0;
  let unanswered = 0;
  let stopped: Promise<void> | null = null;
  await sendRequests(
    requests,
    async () => {
      if (answered >= requests / 2) stopped ??= end(stopping);
      // Without a response, the request is sent to the other process, as a load balancer does.
      for (const client of stopped === null ? clients : clients.toReversed()) {
        const status = await client.statusOf(path, key.secret);
        if (status === 200) answered += 1;
        if (status !== null) return status;
        unanswered += 1;
      }
      return null;
    },
    seconds,
  );
  await stopped;
  for (const client of clients) client.close();
  await end(running);
  const counted = await countCalls(site, key.id);
  return [
    {
      title: "answered calls missing from the usage totals after SIGTERM under load",
      value: Math.max(0, answered - counted),
      unit: "calls",
      spread: `${answered} answered, ${counted} counted`,
      target: { atMost: 0 },
    },
    {
      title: "calls counted more often than they were sent",
      value: Math.max(0, counted - answered - unanswered),
      unit: "calls",
      spread: `${unanswered} without a response`,
      target: { atMost: 0 },
    },
  ];
}

async function makeKey(site: Site): Promise<{ readonly id: number; readonly secret: string }> {
  const environment = await makeTestEnvironment(site.db, false);
  return makeTestKey(site.db, site.masterKey, environment, ["environment:*"]);
}

/** Reads the rows written so far by table, from the statistics of PostgreSQL. New keys are not counted. */
async function readWrittenRows({ sql }: Site): Promise<Map<string, number>> {
  const rows = await sql<{ name: string; written: number }[]>`
    select relname as name, (n_tup_upd + case relname when 'api_keys' then 0 else n_tup_ins end)::int as written
    from pg_stat_user_tables where relname in ${sql(tables)}`;
  return new Map(rows.map(({ name, written }) => [name, written]));
}

/** Sums up the calls of a key in the usage totals. */
async function countCalls({ sql }: Site, keyId: number): Promise<number> {
  const [row] = await sql<{ calls: number }[]>`
    select coalesce(sum(calls), 0)::int as calls from usage_hours where key_id = ${keyId}`;
  return row?.calls ?? 0;
}
