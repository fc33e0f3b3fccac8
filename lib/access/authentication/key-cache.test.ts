import { describe, expect, it } from "vitest";
import { openLease } from "@/lib/infrastructure/notifications/lease";
import { TimedOutError } from "@/lib/infrastructure/timeout";
import type { StoredKey } from "./authenticate";
import { createKeyCache } from "./key-cache";

const hash = "07".repeat(32);
const other = "08".repeat(32);
const known: StoredKey = { keyId: 1, environmentId: 2, grants: ["environment:*"], expiresAt: null };
const deleted = {
  kind: "key",
  change: "deleted",
  keyId: 1,
  environmentId: 2,
  hash,
} as const;

/** A cache over a table of one key; `reads` lists what was asked of the database. */
function setUp() {
  const time = { now: 0 };
  const clock = { monotonic: () => time.now, wall: () => time.now };
  const lease = openLease(clock);
  const rows = new Map([[hash, known]]);
  const reads: string[] = [];
  let answer = (name: string) => Promise.resolve(rows.get(name) ?? null);
  const cache = createKeyCache({
    isLeaseHeld: lease.isHeld,
    clock,
    read: async (name) => {
      reads.push(name);
      return answer(name);
    },
  });
  /** Lets every later read wait until it is released with what it found. */
  const holdReads = () => {
    let resolve = (_: StoredKey | null) => {};
    let reject = (_: Error) => {};
    const held = new Promise<StoredKey | null>((found, failed) => {
      resolve = found;
      reject = failed;
    });
    answer = () => held;
    return { resolve, reject };
  };
  const grantLease = () => lease.heartbeatReceived(lease.heartbeatSent());
  return { cache, time, lease, rows, reads, holdReads, grantLease };
}

describe("under the lease", () => {
  it("a key is read once, then known", async () => {
    const { cache, reads, grantLease } = setUp();
    grantLease();
    expect(await cache.lookup(hash)).toEqual(known);
    expect(cache.lookup(hash)).toEqual(known);
    expect(reads).toHaveLength(1);
    expect(cache.stats()).toMatchObject({ hits: 1, misses: 1, keys: 1 });
  });

  it("an unknown key is read once, then known to be none, for ten seconds", async () => {
    const { cache, reads, grantLease } = setUp();
    grantLease();
    expect(await cache.lookup(other)).toBeNull();
    expect(cache.lookup(other)).toBeNull();
    expect(reads).toHaveLength(1);
    expect(cache.stats()).toMatchObject({ negativeCacheHits: 1 });
  });

  it("a key made just after it was asked for is found", async () => {
    const { cache, rows, grantLease } = setUp();
    grantLease();
    expect(await cache.lookup(other)).toBeNull();
    rows.set(other, known);
    cache.onNotification({ ...deleted, change: "created", hash: other });
    expect(await cache.lookup(other)).toEqual(known);
  });

  it("a signal makes the key be read again, and no other", async () => {
    const { cache, reads, rows, grantLease } = setUp();
    grantLease();
    rows.set(other, { ...known, keyId: 9 });
    await cache.lookup(hash);
    await cache.lookup(other);
    rows.delete(hash);
    cache.onNotification(deleted);
    expect(await cache.lookup(hash)).toBeNull();
    expect(cache.lookup(other)).toMatchObject({ keyId: 9 });
    expect(reads).toHaveLength(3);
  });

  it("all are read again when the table was emptied", async () => {
    const { cache, rows, grantLease } = setUp();
    grantLease();
    await cache.lookup(hash);
    rows.clear();
    cache.onNotification({ kind: "keys_gone" });
    expect(await cache.lookup(hash)).toBeNull();
  });

  it("many requests at once are one read", async () => {
    const { cache, reads, grantLease } = setUp();
    grantLease();
    const answers = await Promise.all(Array.from({ length: 100 }, () => cache.lookup(hash)));
    expect(new Set(answers)).toEqual(new Set([known]));
    expect(reads).toHaveLength(1);
  });

  it("what changed while it was read decides who waited, and is not remembered", async () => {
    const { cache, reads, holdReads, grantLease } = setUp();
    grantLease();
    const held = holdReads();
    const first = cache.lookup(hash);
    cache.onNotification(deleted);
    held.resolve(known);
    expect(await first).toEqual(known);
    await cache.lookup(hash);
    expect(reads).toHaveLength(2);
  });

  it("what was being read when a new subscription began is not remembered", async () => {
    const { cache, reads, holdReads, grantLease } = setUp();
    const held = holdReads();
    const first = cache.lookup(hash);
    cache.clear();
    grantLease();
    held.resolve(known);
    await first;
    await cache.lookup(hash);
    expect(reads).toHaveLength(2);
  });

  it("a failed read is not remembered", async () => {
    const { cache, reads, holdReads, grantLease } = setUp();
    grantLease();
    const held = holdReads();
    const asked = [cache.lookup(hash), cache.lookup(hash)];
    held.reject(new Error("away"));
    for (const one of asked) await expect(one).rejects.toThrow("away");
    await expect(cache.lookup(hash)).rejects.toThrow("away");
    expect(reads).toHaveLength(2);
  });
});

describe("without the lease", () => {
  it("every request asks", async () => {
    const { cache, reads } = setUp();
    await cache.lookup(hash);
    await cache.lookup(hash);
    expect(reads).toHaveLength(2);
  });

  it("what is remembered does not decide, though it would with the lease", async () => {
    const { cache, time, rows, grantLease } = setUp();
    grantLease();
    await cache.lookup(hash);
    rows.clear();
    expect(cache.lookup(hash)).toEqual(known);
    time.now += 1000;
    expect(await cache.lookup(hash)).toBeNull();
  });

  it("nor does what is known to be no key", async () => {
    const { cache, time, rows, grantLease } = setUp();
    grantLease();
    await cache.lookup(other);
    rows.set(other, known);
    time.now += 1000;
    expect(await cache.lookup(other)).toEqual(known);
  });
});

describe("an answer of the database", () => {
  it.each([
    [999, "decides"],
    [1000, "does not decide"],
  ])("that took %i ms %s", async (milliseconds, verdict) => {
    const { cache, time, holdReads } = setUp();
    const held = holdReads();
    const asked = cache.lookup(hash);
    time.now += milliseconds;
    held.resolve(known);
    if (verdict === "decides") expect(await asked).toEqual(known);
    else await expect(asked).rejects.toThrow(TimedOutError);
  });

  it("does not decide for who joined late", async () => {
    const { cache, time, holdReads, reads } = setUp();
    const held = holdReads();
    const first = cache.lookup(hash);
    time.now += 900;
    const joined = cache.lookup(hash);
    time.now += 200;
    held.resolve(known);
    await expect(first).rejects.toThrow(TimedOutError);
    await expect(joined).rejects.toThrow(TimedOutError);
    expect(reads).toHaveLength(1);
  });
});
