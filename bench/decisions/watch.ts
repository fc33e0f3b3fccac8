import { setTimeout as wait } from "node:timers/promises";
import { makeTestKey, type TestKey } from "@/e2e/fixtures/api-key";
import { type KeepAliveClient, openKeepAliveClient } from "@/e2e/fixtures/keep-alive-client";
import type { Site } from "@/e2e/fixtures/site";
import type { Environment } from "@/lib/access/environments/model";
import type { Grant } from "@/lib/access/scopes/catalog";
import { createDecisionRecorder } from "./decision-recorder";
import { keepRequesting } from "./keep-requesting";
import type { DecisionReport, SentRequest } from "./verify-decisions";
import { revocationBoundMs } from "./verify-decisions";

export type WatchedKey = TestKey & { readonly path: string };

/** Continuously sends requests with keys to every process of a site and records the responses. */
export type KeyWatch = {
  /**
   * Creates a key for the route `path`, waits until every process accepts it, and starts to send requests
   * with it.
   */
  readonly addKey: (environment: Environment, grants: readonly Grant[], path?: string) => Promise<WatchedKey>;
  /** Makes a change after which requests with each of the keys must get `expectedStatus`. */
  readonly makeChange: (
    keys: readonly WatchedKey[],
    expectedStatus: number,
    commit: () => Promise<unknown>,
  ) => Promise<void>;
  /**
   * Sends one request with the key to each process. Returns the statuses; null where there was no response.
   */
  readonly sendRequest: (key: WatchedKey) => Promise<(number | null)[]>;
  /**
   * Waits until the revocation bound of all committed changes has passed and a few more requests have been
   * sent.
   */
  readonly waitForBound: () => Promise<void>;
  /** Returns the requests that have ended so far. */
  readonly requests: () => readonly SentRequest[];
  /** Stops sending requests, waits for the last responses and verifies all of them. */
  readonly stop: () => Promise<DecisionReport>;
};

/** A route that requires no scope and runs no SQL query. */
const cheapPath = "/providers/github";

/** Milliseconds between two requests with one key to one process. */
const intervalMs = 25;

/** Starts a watch of the processes at these base URLs. It has no keys at first. */
export function watchKeys(site: Site, baseURLs: readonly string[]): KeyWatch {
  const recorder = createDecisionRecorder();
  const clients = baseURLs.map((baseURL) => ({ baseURL, ...openKeepAliveClient(baseURL) }));
  const stops: (() => Promise<void>)[] = [];
  const send = (client: KeepAliveClient & { readonly baseURL: string }, key: WatchedKey) =>
    recorder.sendRequest(subjectOf(key, client.baseURL), () => client.statusOf(key.path, key.secret));
  const sendToAll = (key: WatchedKey) => Promise.all(clients.map((client) => send(client, key)));

  return {
    addKey: async (environment, grants, path = cheapPath) => {
      const startedAt = performance.now();
      const key = { ...(await makeTestKey(site.db, site.masterKey, environment, grants)), path };
      recorder.recordChange(subjectsOf(key, baseURLs), 200, startedAt, performance.now());
      while ((await sendToAll(key)).some((status) => status !== 200)) await wait(intervalMs);
      stops.push(...clients.map((client) => keepRequesting(intervalMs, () => send(client, key))));
      return key;
    },
    makeChange: (keys, expectedStatus, commit) =>
      recorder.makeChange(
        keys.flatMap((key) => subjectsOf(key, baseURLs)),
        expectedStatus,
        commit,
      ),
    sendRequest: sendToAll,
    waitForBound: () => wait(revocationBoundMs + 10 * intervalMs),
    requests: recorder.requests,
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
      for (const { close } of clients) close();
      return recorder.report();
    },
  };
}

function subjectOf(key: TestKey, baseURL: string): string {
  return `${key.displayName} at ${baseURL}`;
}

function subjectsOf(key: TestKey, baseURLs: readonly string[]): string[] {
  return baseURLs.map((baseURL) => subjectOf(key, baseURL));
}
