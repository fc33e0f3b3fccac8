import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { KeyUse, NumberedBatch } from "./usage-aggregator";
import { createUsageRecorder, flushUsage } from "./usage-recorder";

function use(at: number): KeyUse {
  const lastUse = { method: "GET", route: "/connections", status: 200, client: null, address: null };
  return { keyId: 1, environmentId: 1, at, scope: "a", outcome: "succeeded", lastUse };
}

type Written = { readonly number: number; readonly calls: number; readonly message: string | null };

/** A recorder over a store that can be away, or keep a write waiting. */
function recorder() {
  const written: Written[] = [];
  const store = { isAway: false, holds: Promise.resolve() };
  const failures: unknown[] = [];
  const tried: NumberedBatch[] = [];
  const usage = createUsageRecorder({
    write: async (batch, message) => {
      tried.push(batch);
      await store.holds;
      if (store.isAway) throw new Error("away");
      written.push({ number: batch.number, calls: batch.totals[0]?.calls ?? 0, message });
    },
    onFailure: (error) => failures.push(error),
  });
  return { usage, written, store, failures, tried };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a usage recorder that nobody asks to carry anything", () => {
  it("writes one batch a second and a half after the first call, and nothing without calls", async () => {
    const { usage, written } = recorder();
    for (let call = 0; call < 100; call += 1) usage.record(use(call));
    await vi.advanceTimersByTimeAsync(1499);
    expect(written).toEqual([]);
    expect(usage.stats()).toMatchObject({ pendingCalls: 100, pendingRows: 3 });
    await vi.advanceTimersByTimeAsync(1);
    expect(written).toEqual([{ number: 1, calls: 100, message: null }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(written).toHaveLength(1);
    expect(usage.stats()).toEqual({
      pendingCalls: 0,
      pendingRows: 0,
      failedWrites: 0,
      writtenBatches: 1,
      mergedCalls: 0,
    });
  });

  it("writes what was noted during a write in the next", async () => {
    const { usage, written, store } = recorder();
    let finish = () => {};
    store.holds = new Promise((resolve) => {
      finish = resolve;
    });
    usage.record(use(1));
    await vi.advanceTimersByTimeAsync(1500);
    usage.record(use(2));
    usage.record(use(3));
    await vi.advanceTimersByTimeAsync(4000);
    expect(written).toEqual([]);
    finish();
    await vi.advanceTimersByTimeAsync(1500);
    expect(written.map(({ number, calls }) => [number, calls])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });
});

describe("a batch that fails", () => {
  it("is sent again as it was under its number, and the next waits for it", async () => {
    const { usage, written, store, failures, tried } = recorder();
    store.isAway = true;
    usage.record(use(1));
    await vi.advanceTimersByTimeAsync(1500);
    usage.record(use(2));
    usage.record(use(3));
    await vi.advanceTimersByTimeAsync(3000);
    expect([failures.length, usage.stats().failedWrites, usage.stats().pendingCalls]).toEqual([3, 3, 3]);
    store.isAway = false;
    await vi.advanceTimersByTimeAsync(3000);
    expect(written.map(({ number, calls }) => [number, calls])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(tried.slice(0, 4).every((batch) => batch === tried[0])).toBe(true);
  });

  it("does not carry an old message when it is sent again", async () => {
    const { usage, written, store } = recorder();
    store.isAway = true;
    usage.record(use(1));
    expect(usage.piggyback("beat 1")).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    store.isAway = false;
    expect(usage.piggyback("beat 2")).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(written).toEqual([{ number: 1, calls: 1, message: "beat 2" }]);
  });
});

describe("a write that carries a message", () => {
  it("begins only when something waits", () => {
    const { usage, written } = recorder();
    expect(usage.piggyback("beat")).toBe(false);
    usage.record(use(1));
    expect(usage.piggyback("beat")).toBe(true);
    expect(written).toEqual([]);
  });

  it("comes with every second beat under steady calls, and no other write does", async () => {
    const { usage, written } = recorder();
    const carried: boolean[] = [];
    for (let beat = 0; beat < 20; beat += 1) {
      for (let call = 0; call < 11; call += 1) {
        usage.record(use(call));
        await vi.advanceTimersByTimeAsync(50);
      }
      carried.push(usage.piggyback(`beat ${beat}`));
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(carried).toEqual(Array.from({ length: 20 }, (_, beat) => beat % 2 === 0));
    expect(written.map(({ message }) => message)).toEqual(
      carried.flatMap((isCarried, beat) => (isCarried ? [`beat ${beat}`] : [])),
    );
  });

  it("does not begin while another is under way", async () => {
    const { usage, store } = recorder();
    let finish = () => {};
    store.holds = new Promise((resolve) => {
      finish = resolve;
    });
    usage.record(use(1));
    expect(usage.piggyback("beat 1")).toBe(true);
    usage.record(use(2));
    await vi.advanceTimersByTimeAsync(1200);
    expect(usage.piggyback("beat 2")).toBe(false);
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(usage.piggyback("beat 3")).toBe(true);
  });
});

describe("a flush", () => {
  it("writes all there is, after a write under way", async () => {
    const { usage, written } = recorder();
    usage.record(use(1));
    expect(usage.piggyback("beat")).toBe(true);
    usage.record(use(2));
    await flushUsage();
    expect(written.map(({ number, calls }) => [number, calls])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    await usage.flush();
    expect(written).toHaveLength(2);
  });

  it("tries a failing write again", async () => {
    const { usage, written, store } = recorder();
    store.isAway = true;
    usage.record(use(1));
    const flushed = usage.flush();
    await vi.advanceTimersByTimeAsync(2000);
    store.isAway = false;
    await vi.advanceTimersByTimeAsync(200);
    await flushed;
    expect(written).toEqual([{ number: 1, calls: 1, message: null }]);
  });

  it.each(["fails", "never answers"])("rejects after five seconds of a store that %s", async (what) => {
    const { usage, store } = recorder();
    store.isAway = true;
    if (what === "never answers") store.holds = new Promise(() => {});
    usage.record(use(1));
    const flushed = expect(usage.flush()).rejects.toThrow(/away|no answer/);
    await vi.advanceTimersByTimeAsync(5000);
    await flushed;
  });
});
