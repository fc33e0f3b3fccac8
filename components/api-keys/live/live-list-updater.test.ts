import { MutationObserver, QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keysQueryKey } from "@/components/api-keys/queries/keys-query";
import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { type LiveListUpdater, openListUpdater } from "./live-list-updater";

const lastUse = { method: "GET", route: "/a", status: 200, client: null, address: null };

function keyOf(id: number, more: Partial<ApiKeySummary> = {}): ApiKeySummary {
  return {
    id,
    displayName: `Key ${id}`,
    prefix: "lk_dev_",
    lastFour: "abcd",
    grants: ["environment:*"],
    createdBy: "someone",
    createdAt: "2026-01-01T00:00:00.000Z",
    expiresAt: null,
    lastUsedAt: "2026-01-02T00:00:00.000Z",
    lastUse,
    ...more,
  };
}

function listOf(...keys: ApiKeySummary[]): ApiKeyList {
  return { keys, limit: 50, serverTime: "2026-01-03T00:00:00.000Z", viewOnly: null };
}

const environment = "dev";
const queryKey = keysQueryKey(environment);
let client: QueryClient;
let inbox: LiveListUpdater;
let news: string[];
const keys = () => client.getQueryData<ApiKeyList>(queryKey)?.keys ?? [];
const names = () => keys().map(({ displayName }) => displayName);

/** A change of ours to a key, under way until the function returned is called. */
function change(id: number): () => Promise<void> {
  let decide = () => {};
  const decided = new Promise<void>((resolve) => {
    decide = resolve;
  });
  const ours = new MutationObserver<void, Error, { readonly id: number }>(client, {
    mutationKey: queryKey,
    mutationFn: () => decided,
  }).mutate({ id });
  return () => {
    decide();
    return ours;
  };
}

beforeEach(() => {
  client = new QueryClient();
  news = [];
  client.setQueryData(queryKey, listOf(keyOf(1), keyOf(2)));
  inbox = openListUpdater({ client, environment, onAnnouncement: (words) => news.push(words) });
});

afterEach(() => {
  inbox.close();
  client.clear();
});

it("leaves every other row, and what did not change in this one, the same object", () => {
  const [first, second] = keys();
  const at = "2026-01-04T00:00:00.000Z";
  inbox.handleEvent({ kind: "used", id: 2, lastUsedAt: at, lastUse: { ...lastUse, status: 500 } });
  expect(keys()[0]).toBe(first);
  expect(keys()[1]).toMatchObject({ lastUsedAt: at, lastUse: { status: 500 } });
  expect(keys()[1]?.grants).toBe(second?.grants);
  const before = client.getQueryData(queryKey);
  inbox.handleEvent({ kind: "used", id: 2, lastUsedAt: at, lastUse: { ...lastUse, status: 500 } });
  inbox.handleEvent({
    kind: "list",
    list: listOf(...keys().map((key) => ({ ...key, grants: [...key.grants] }))),
  });
  expect(client.getQueryData(queryKey)).toBe(before);
  expect(news).toEqual([]);
});

it("adds, changes and removes, and says so once", () => {
  inbox.handleEvent({ kind: "key", key: keyOf(3) });
  inbox.handleEvent({ kind: "key", key: keyOf(1, { displayName: "Renamed" }) });
  inbox.handleEvent({ kind: "key", key: keyOf(1, { displayName: "Renamed", grants: ["environment:mcp"] }) });
  inbox.handleEvent({ kind: "deleted", id: 2 });
  inbox.handleEvent({ kind: "deleted", id: 2 });
  inbox.handleEvent({ kind: "key", key: keyOf(3) });
  expect(names()).toEqual(["Renamed", "Key 3"]);
  expect(news).toEqual([
    "Created: Key 3",
    "Renamed: Renamed",
    "Permissions changed: Renamed",
    "Deleted: Key 2",
  ]);
});

it("moves a last use only forward, whatever brings it", () => {
  const old = "2026-01-01T12:00:00.000Z";
  inbox.handleEvent({ kind: "used", id: 1, lastUsedAt: old, lastUse });
  inbox.handleEvent({
    kind: "key",
    key: keyOf(1, { displayName: "Renamed", lastUsedAt: null, lastUse: null }),
  });
  inbox.handleEvent({ kind: "list", list: listOf(keyOf(1, { lastUsedAt: old }), keyOf(2)) });
  expect(keys().map(({ lastUsedAt }) => lastUsedAt)).toEqual(Array(2).fill("2026-01-02T00:00:00.000Z"));
});

it("keeps the row of a key that we are changing, lets others move, and catches up when it is decided", async () => {
  const decide = change(1);
  inbox.handleEvent({ kind: "key", key: keyOf(1, { displayName: "Theirs" }) });
  inbox.handleEvent({ kind: "key", key: keyOf(2, { displayName: "Other" }) });
  inbox.handleEvent({ kind: "key", key: keyOf(3) });
  expect(names()).toEqual(["Key 1", "Other", "Key 3"]);
  await decide();
  expect(names()).toEqual(["Theirs", "Other", "Key 3"]);
  expect(news).toEqual(["Renamed: Other", "Created: Key 3", "Renamed: Theirs"]);
});

it("holds back a whole list as well, and what followed it", async () => {
  const decide = change(1);
  inbox.handleEvent({ kind: "list", list: listOf(keyOf(1, { displayName: "Theirs" }), keyOf(3)) });
  inbox.handleEvent({ kind: "deleted", id: 1 });
  expect(names()).toEqual(["Key 1", "Key 2"]);
  await decide();
  expect(names()).toEqual(["Key 3"]);
});

it("drops an answer that is still on its way when the list comes", async () => {
  let answer = (_: ApiKeyList) => {};
  const asked = client
    .fetchQuery({
      queryKey,
      queryFn: () => new Promise<ApiKeyList>((resolve) => (answer = resolve)),
    })
    .catch(() => {});
  inbox.handleEvent({ kind: "list", list: listOf(keyOf(9)) });
  answer(listOf(keyOf(1)));
  await asked;
  expect(names()).toEqual(["Key 9"]);
});

it("is the list where there was none", () => {
  client.clear();
  inbox.handleEvent({ kind: "key", key: keyOf(1) });
  expect(keys()).toEqual([]);
  inbox.handleEvent({ kind: "list", list: listOf(keyOf(1)) });
  expect(names()).toEqual(["Key 1"]);
});
