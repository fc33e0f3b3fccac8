import { describe, expect, it } from "vitest";
import { createLease } from "@/lib/infrastructure/notifications/lease";
import { TimeoutError } from "@/lib/infrastructure/timeout";
import type { StoredKey } from "./authenticate";
import { createKeyCache } from "./key-cache";

const hash = "07".repeat(32);
const otherHash = "08".repeat(32);
const storedKey: StoredKey = { keyId: 1, environmentId: 2, grants: ["environment:*"], expiresAt: null };
const deletedNotification = {
  kind: "key",
  change: "deleted",
  keyId: 1,
  environmentId: 2,
  hash,
} as const;

/** Creates a cache over a table of one key. `reads` lists the hashes read from the database. */
function setUp() {
  const time = { now: 0 };
  const clock = { monotonic: () => time.now, wall: () => time.now };
  const lease = createLease(clock);
  const rows = new Map([[hash, storedKey]]);
  const reads: string[] = [];
  let findRow = (name: string) => Promise.resolve(rows.get(name) ?? null);
  const cache = createKeyCache({
    isLeaseHeld: lease.isHeld,
    clock,
    read: async (name) => {
      reads.push(name);
      return findRow(name);
    },
  });
  /** Makes every later read wait for the returned `resolve` or `reject`. */
  const holdReads = () => {
    let resolve = (_: StoredKey | null) => {};
    let reject = (_: Error) => {};
    const held = new Promise<StoredKey | null>((found, failed) => {
      resolve = found;
      reject = failed;
    });
    findRow = () => held;
    return { resolve, reject };
  };
  const grantLease = () => lease.recordReceived(lease.recordSent());
  return { cache, time, lease, rows, reads, holdReads, grantLease };
}

describe("while the lease is held", () => {
  it("a key is read once, then cached", async () => {
    const { cache, reads, grantLease } = setUp();
    grantLease();
    expect(await cache.lookup(hash)).toEqual(storedKey);
    expect(cache.lookup(hash)).toEqual(storedKey);
    expect(reads).toHaveLength(1);
    expect(cache.stats()).toMatchObject({ hits: 1, misses: 1, keys: 1 });
  });

  it("an unknown key is read once, then cached as unknown", async () => {
    const { cache, reads, grantLease } = setUp();
    grantLease();
    expect(await cache.lookup(otherHash)).toBeNull();
    expect(cache.lookup(otherHash)).toBeNull();
    expect(reads).toHaveLength(1);
    expect(cache.stats()).toMatchObject({ negativeCacheHits: 1 });
  });

  it("a key created just after its look-up is found", async () => {
    const { cache, rows, grantLease } = setUp();
    grantLease();
    expect(await cache.lookup(otherHash)).toBeNull();
    rows.set(otherHash, storedKey);
    cache.onNotification({ ...deletedNotification, change: "created", hash: otherHash });
    expect(await cache.lookup(otherHash)).toEqual(storedKey);
  });

  it("a notification evicts its key and no other", async () => {
    const { cache, reads, rows, grantLease } = setUp();
    grantLease();
    rows.set(otherHash, { ...storedKey, keyId: 9 });
    await cache.lookup(hash);
    await cache.lookup(otherHash);
    rows.delete(hash);
    cache.onNotification(deletedNotification);
    expect(await cache.lookup(hash)).toBeNull();
    expect(cache.lookup(otherHash)).toMatchObject({ keyId: 9 });
    expect(reads).toHaveLength(3);
  });

  it("a truncated table evicts all keys", async () => {
    const { cache, rows, grantLease } = setUp();
    grantLease();
    await cache.lookup(hash);
    rows.clear();
    cache.onNotification({ kind: "all_keys_deleted" });
    expect(await cache.lookup(hash)).toBeNull();
  });

  it("concurrent look-ups share one read", async () => {
    const { cache, reads, grantLease } = setUp();
    grantLease();
    const answers = await Promise.all(Array.from({ length: 100 }, () => cache.lookup(hash)));
    expect(new Set(answers)).toEqual(new Set([storedKey]));
    expect(reads).toHaveLength(1);
  });

  it("a key changed during its read is returned to the waiting look-up, but not cached", async () => {
    const { cache, reads, holdReads, grantLease } = setUp();
    grantLease();
    const held = holdReads();
    const first = cache.lookup(hash);
    cache.onNotification(deletedNotification);
    held.resolve(storedKey);
    expect(await first).toEqual(storedKey);
    await cache.lookup(hash);
    expect(reads).toHaveLength(2);
  });

  it("a key that was being read when the cache was cleared is not cached", async () => {
    const { cache, reads, holdReads, grantLease } = setUp();
    const held = holdReads();
    const first = cache.lookup(hash);
    cache.clear();
    grantLease();
    held.resolve(storedKey);
    await first;
    await cache.lookup(hash);
    expect(reads).toHaveLength(2);
  });

  it("a failed read is not cached", async () => {
    const { cache, reads, holdReads, grantLease } = setUp();
    grantLease();
    const held = holdReads();
    const lookups = [cache.lookup(hash), cache.lookup(hash)];
    held.reject(new Error("unreachable"));
    for (const each of lookups) await expect(each).rejects.toThrow("unreachable");
    await expect(cache.lookup(hash)).rejects.toThrow("unreachable");
    expect(reads).toHaveLength(2);
  });
});

describe("without the lease", () => {
  it("every look-up reads the database", async () => {
    const { cache, reads } = setUp();
    await cache.lookup(hash);
    await cache.lookup(hash);
    expect(reads).toHaveLength(2);
  });

  it("cached keys are not used", async () => {
    const { cache, time, rows, grantLease } = setUp();
    grantLease();
    await cache.lookup(hash);
    rows.clear();
    expect(cache.lookup(hash)).toEqual(storedKey);
    time.now += 1000;
    expect(await cache.lookup(hash)).toBeNull();
  });

  it("cached unknown keys are not used", async () => {
    const { cache, time, rows, grantLease } = setUp();
    grantLease();
    await cache.lookup(otherHash);
    rows.set(otherHash, storedKey);
    time.now += 1000;
    expect(await cache.lookup(otherHash)).toEqual(storedKey);
  });
});

describe("a response of the database", () => {
  it.each([
    [999, "is used"],
    [1000, "is rejected"],
  ])("after %i ms %s", async (milliseconds, expected) => {
    const { cache, time, holdReads } = setUp();
    const held = holdReads();
    const lookup = cache.lookup(hash);
    time.now += milliseconds;
    held.resolve(storedKey);
    if (expected === "is used") expect(await lookup).toEqual(storedKey);
    else await expect(lookup).rejects.toThrow(TimeoutError);
  });

  it("is rejected for a look-up that joined a slow read late", async () => {
    const { cache, time, holdReads, reads } = setUp();
    const held = holdReads();
    const first = cache.lookup(hash);
    time.now += 900;
    const joined = cache.lookup(hash);
    time.now += 200;
    held.resolve(storedKey);
    await expect(first).rejects.toThrow(TimeoutError);
    await expect(joined).rejects.toThrow(TimeoutError);
    expect(reads).toHaveLength(1);
  });
});
