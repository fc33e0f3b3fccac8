import { MutationObserver, QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keysQueryKey } from "@/components/api-keys/queries/keys-query";
import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { createLiveListUpdater, type LiveListUpdater } from "./live-list-updater";

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
let updater: LiveListUpdater;
let announcements: string[];
const keys = () => client.getQueryData<ApiKeyList>(queryKey)?.keys ?? [];
const names = () => keys().map(({ displayName }) => displayName);

/** Starts a mutation of a key. It is pending until the returned function is called. */
function startMutation(id: number): () => Promise<void> {
  let settle = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const mutation = new MutationObserver<void, Error, { readonly id: number }>(client, {
    mutationKey: queryKey,
    mutationFn: () => settled,
  }).mutate({ id });
  return () => {
    settle();
    return mutation;
  };
}

beforeEach(() => {
  client = new QueryClient();
  announcements = [];
  client.setQueryData(queryKey, listOf(keyOf(1), keyOf(2)));
  updater = createLiveListUpdater({
    client,
    environment,
    onAnnouncement: (text) => announcements.push(text),
  });
});

afterEach(() => {
  updater.close();
  client.clear();
});

it("keeps the objects of other rows and of unchanged values", () => {
  const [first, second] = keys();
  const at = "2026-01-04T00:00:00.000Z";
  updater.handleEvent({ kind: "used", id: 2, lastUsedAt: at, lastUse: { ...lastUse, status: 500 } });
  expect(keys()[0]).toBe(first);
  expect(keys()[1]).toMatchObject({ lastUsedAt: at, lastUse: { status: 500 } });
  expect(keys()[1]?.grants).toBe(second?.grants);
  const before = client.getQueryData(queryKey);
  updater.handleEvent({ kind: "used", id: 2, lastUsedAt: at, lastUse: { ...lastUse, status: 500 } });
  updater.handleEvent({
    kind: "list",
    list: listOf(...keys().map((key) => ({ ...key, grants: [...key.grants] }))),
  });
  expect(client.getQueryData(queryKey)).toBe(before);
  expect(announcements).toEqual([]);
});

it("adds, changes and removes keys, and announces each change once", () => {
  updater.handleEvent({ kind: "key", key: keyOf(3) });
  updater.handleEvent({ kind: "key", key: keyOf(1, { displayName: "Renamed" }) });
  updater.handleEvent({
    kind: "key",
    key: keyOf(1, { displayName: "Renamed", grants: ["environment:mcp"] }),
  });
  updater.handleEvent({ kind: "deleted", id: 2 });
  updater.handleEvent({ kind: "deleted", id: 2 });
  updater.handleEvent({ kind: "key", key: keyOf(3) });
  expect(names()).toEqual(["Renamed", "Key 3"]);
  expect(announcements).toEqual([
    "Created: Key 3",
    "Renamed: Renamed",
    "Permissions changed: Renamed",
    "Deleted: Key 2",
  ]);
});

it("never replaces a last use with an earlier one, whatever the event", () => {
  const earlier = "2026-01-01T12:00:00.000Z";
  updater.handleEvent({ kind: "used", id: 1, lastUsedAt: earlier, lastUse });
  updater.handleEvent({
    kind: "key",
    key: keyOf(1, { displayName: "Renamed", lastUsedAt: null, lastUse: null }),
  });
  updater.handleEvent({ kind: "list", list: listOf(keyOf(1, { lastUsedAt: earlier }), keyOf(2)) });
  expect(keys().map(({ lastUsedAt }) => lastUsedAt)).toEqual(Array(2).fill("2026-01-02T00:00:00.000Z"));
});

it("applies events about a key after its pending mutation, and other events immediately", async () => {
  const settle = startMutation(1);
  updater.handleEvent({ kind: "key", key: keyOf(1, { displayName: "Theirs" }) });
  updater.handleEvent({ kind: "key", key: keyOf(2, { displayName: "Other" }) });
  updater.handleEvent({ kind: "key", key: keyOf(3) });
  expect(names()).toEqual(["Key 1", "Other", "Key 3"]);
  await settle();
  expect(names()).toEqual(["Theirs", "Other", "Key 3"]);
  expect(announcements).toEqual(["Renamed: Other", "Created: Key 3", "Renamed: Theirs"]);
});

it("applies a whole list, and later events about the key, after the mutation", async () => {
  const settle = startMutation(1);
  updater.handleEvent({ kind: "list", list: listOf(keyOf(1, { displayName: "Theirs" }), keyOf(3)) });
  updater.handleEvent({ kind: "deleted", id: 1 });
  expect(names()).toEqual(["Key 1", "Key 2"]);
  await settle();
  expect(names()).toEqual(["Key 3"]);
});

it("cancels a running request when a list arrives", async () => {
  let respond = (_: ApiKeyList) => {};
  const request = client
    .fetchQuery({
      queryKey,
      queryFn: () => new Promise<ApiKeyList>((resolve) => (respond = resolve)),
    })
    .catch(() => {});
  updater.handleEvent({ kind: "list", list: listOf(keyOf(9)) });
  respond(listOf(keyOf(1)));
  await request;
  expect(names()).toEqual(["Key 9"]);
});

it("sets the list when none is cached", () => {
  client.clear();
  updater.handleEvent({ kind: "key", key: keyOf(1) });
  expect(keys()).toEqual([]);
  updater.handleEvent({ kind: "list", list: listOf(keyOf(1)) });
  expect(names()).toEqual(["Key 1"]);
});
