import { setTimeout as wait } from "node:timers/promises";
import { makeTestKey, type TestKey } from "@/e2e/fixtures/api-key";
import { type KeepAliveClient, openClient } from "@/e2e/fixtures/keep-alive-client";
import type { Site } from "@/e2e/fixtures/site";
import type { Environment } from "@/lib/access/environments/model";
import type { Grant } from "@/lib/access/scopes/catalog";
import { openDecisionRecorder } from "./decision-recorder";
import { keepRequesting } from "./keep-requesting";
import type { DecisionReport, SentRequest } from "./verify-decisions";
import { revocationBoundMs } from "./verify-decisions";

export type WatchedKey = TestKey & { readonly path: string };

/** Keys that are asked for all the time on every process of a site, and the record of what came of it. */
export type KeyWatch = {
  /** Makes a key for the route `path`, waits until every process accepts it, and has it asked for from then on. */
  readonly addKey: (environment: Environment, grants: readonly Grant[], path?: string) => Promise<WatchedKey>;
  /** Makes a change after which each of the keys has to be answered with this status. */
  readonly makeChange: (
    keys: readonly WatchedKey[],
    answer: number,
    commit: () => Promise<unknown>,
  ) => Promise<void>;
  /** The status that each process gives the key now; null where no answer comes. */
  readonly sendRequest: (key: WatchedKey) => Promise<(number | null)[]>;
  /** Waits until changes that are committed by now must be in force, and a little of that has been seen. */
  readonly waitForBound: () => Promise<void>;
  /** The requests answered so far. */
  readonly requests: () => readonly SentRequest[];
  /** Stops asking, waits for the last answers and judges them all. */
  readonly stop: () => Promise<DecisionReport>;
};

/** Asks neither the database for anything else nor for a scope. */
const cheapestPath = "/providers/github";

/** Milliseconds between two requests with one key to one process. */
const intervalMs = 25;

/** Watches the processes at these addresses. */
export function watchKeys(site: Site, addresses: readonly string[]): KeyWatch {
  const record = openDecisionRecorder();
  const clients = addresses.map((address) => ({ address, ...openClient(address) }));
  const stops: (() => Promise<void>)[] = [];
  const send = (client: KeepAliveClient & { readonly address: string }, key: WatchedKey) =>
    record.sendRequest(subjectOf(key, client.address), () => client.statusOf(key.path, key.secret));
  const ask = (key: WatchedKey) => Promise.all(clients.map((client) => send(client, key)));

  return {
    addKey: async (environment, grants, path = cheapestPath) => {
      const asked = performance.now();
      const key = { ...(await makeTestKey(site.db, site.masterKey, environment, grants)), path };
      record.recordChange(subjectsOf(key, addresses), 200, asked, performance.now());
      while ((await ask(key)).some((status) => status !== 200)) await wait(intervalMs);
      stops.push(...clients.map((client) => keepRequesting(intervalMs, () => send(client, key))));
      return key;
    },
    makeChange: (keys, answer, commit) =>
      record.makeChange(
        keys.flatMap((key) => subjectsOf(key, addresses)),
        answer,
        commit,
      ),
    sendRequest: ask,
    waitForBound: () => wait(revocationBoundMs + 10 * intervalMs),
    requests: record.requests,
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
      for (const { close } of clients) close();
      return record.report();
    },
  };
}

function subjectOf(key: TestKey, address: string): string {
  return `${key.displayName} at ${address}`;
}

function subjectsOf(key: TestKey, addresses: readonly string[]): string[] {
  return addresses.map((address) => subjectOf(key, address));
}
