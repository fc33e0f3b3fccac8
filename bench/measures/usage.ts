import type { Finding, Measure } from "@/bench/measure";
import { sendRequests } from "@/bench/send-requests";
import type { Workspace } from "@/bench/workspace";
import { makeTestEnvironment, makeTestKey } from "@/e2e/fixtures/api-key";
import { openClient } from "@/e2e/fixtures/keep-alive-client";
import { end, type Site } from "@/e2e/fixtures/site";

const requests = 10_000;
const seconds = 10;
const path = "/providers/github";

/** Tables that a use is written to. */
const tables = ["api_keys", "usage_hours", "key_callers", "usage_writers"] as const;

/** Are uses written seldom, and counted exactly, also when the process ends in their midst? */
export const usage: Measure = {
  name: "usage",
  needs: [],
  run: async (workplace) => [...(await whole(workplace)), ...(await interrupted(workplace))],
};

async function whole(workplace: Workspace): Promise<Finding[]> {
  const site = await workplace.openSite();
  const process = await site.start();
  const key = await makeKey(site);
  const client = openClient(process.baseURL);
  const before = await writtenRows(site);
  await sendRequests(requests, () => client.statusOf(path, key.secret), seconds);
  client.close();
  // Sessions tell their statistics at the latest when they end.
  await end(process);
  const after = await writtenRows(site);
  const rows = tables.map((table) => ({ table, rows: (after.get(table) ?? 0) - (before.get(table) ?? 0) }));
  const most = Math.max(...rows.map((one) => one.rows));
  return [
    {
      what: `rows written by ${requests} requests in ${seconds} s, the table with most`,
      value: most,
      unit: "rows",
      spread: rows.map((one) => `${one.table} ${one.rows}`).join(", "),
      // One batch a second, and one at each end.
      target: { atMost: seconds + 2 },
    },
    {
      what: `difference between ${requests} requests and their totals`,
      value: Math.abs(requests - (await callsOf(site, key.id))),
      unit: "calls",
      spread: "",
      target: { atMost: 0 },
    },
  ];
}

async function interrupted(workplace: Workspace): Promise<Finding[]> {
  const site = await workplace.openSite();
  const [leaving, staying] = await Promise.all([site.start(), site.start()]);
  const key = await makeKey(site);
  const clients = [leaving, staying].map(({ baseURL }) => openClient(baseURL));
  let answered = 0;
  let unanswered = 0;
  let left: Promise<void> | null = null;
  await sendRequests(
    requests,
    async () => {
      if (answered >= requests / 2) left ??= end(leaving);
      // A client that gets no answer goes on to the other process, as behind a load balancer.
      for (const client of left === null ? clients : clients.toReversed()) {
        const status = await client.statusOf(path, key.secret);
        if (status === 200) answered += 1;
        if (status !== null) return status;
        unanswered += 1;
      }
      return null;
    },
    seconds,
  );
  await left;
  for (const client of clients) client.close();
  await end(staying);
  const counted = await callsOf(site, key.id);
  return [
    {
      what: "answered calls missing from the totals after SIGTERM in their midst",
      value: Math.max(0, answered - counted),
      unit: "calls",
      spread: `${answered} answered, ${counted} counted`,
      target: { atMost: 0 },
    },
    {
      what: "calls counted more often than they were sent",
      value: Math.max(0, counted - answered - unanswered),
      unit: "calls",
      spread: `${unanswered} without an answer`,
      target: { atMost: 0 },
    },
  ];
}

async function makeKey(site: Site): Promise<{ readonly id: number; readonly secret: string }> {
  const environment = await makeTestEnvironment(site.db, false);
  return makeTestKey(site.db, site.masterKey, environment, ["environment:*"]);
}

async function writtenRows({ sql }: Site): Promise<Map<string, number>> {
  const rows = await sql<{ name: string; written: number }[]>`
    select relname as name, (n_tup_upd + case relname when 'api_keys' then 0 else n_tup_ins end)::int as written
    from pg_stat_user_tables where relname in ${sql(tables)}`;
  return new Map(rows.map(({ name, written }) => [name, written]));
}

async function callsOf({ sql }: Site, keyId: number): Promise<number> {
  const [row] = await sql<{ calls: number }[]>`
    select coalesce(sum(calls), 0)::int as calls from usage_hours where key_id = ${keyId}`;
  return row?.calls ?? 0;
}
