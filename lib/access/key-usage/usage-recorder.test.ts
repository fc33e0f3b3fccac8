import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { KeyUse, NumberedBatch } from "./usage-aggregator";
import { createUsageRecorder, flushUsage } from "./usage-recorder";

function use(at: number): KeyUse {
  const lastUse = { method: "GET", route: "/connections", status: 200, client: null, address: null };
  return { keyId: 1, environmentId: 1, at, scope: "a", outcome: "succeeded", lastUse };
}

type Written = { readonly number: number; readonly calls: number; readonly message: string | null };

/** Creates a recorder over a store that can be unreachable or delay a write. */
function createTestRecorder() {
  const written: Written[] = [];
  const store = { isUnreachable: false, pause: Promise.resolve() };
  const failures: unknown[] = [];
  const attempts: NumberedBatch[] = [];
  const usage = createUsageRecorder({
    write: async (batch, message) => {
      attempts.push(batch);
      await store.pause;
      if (store.isUnreachable) throw new Error("unreachable");
      written.push({ number: batch.number, calls: batch.hourlyTotals[0]?.calls ?? 0, message });
    },
    onFailure: (error) => failures.push(error),
  });
  return { usage, written, store, failures, attempts };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a usage recorder without messages", () => {
  it("writes one batch a second and a half after the first call, and nothing without calls", async () => {
    const { usage, written } = createTestRecorder();
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

  it("writes calls recorded during a write in the next batch", async () => {
    const { usage, written, store } = createTestRecorder();
    let finish = () => {};
    store.pause = new Promise((resolve) => {
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
  it("is sent again unchanged with its number, before the next batch", async () => {
    const { usage, written, store, failures, attempts } = createTestRecorder();
    store.isUnreachable = true;
    usage.record(use(1));
    await vi.advanceTimersByTimeAsync(1500);
    usage.record(use(2));
    usage.record(use(3));
    await vi.advanceTimersByTimeAsync(3000);
    expect([failures.length, usage.stats().failedWrites, usage.stats().pendingCalls]).toEqual([3, 3, 3]);
    store.isUnreachable = false;
    await vi.advanceTimersByTimeAsync(3000);
    expect(written.map(({ number, calls }) => [number, calls])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(attempts.slice(0, 4).every((batch) => batch === attempts[0])).toBe(true);
  });

  it("is sent again without its old message", async () => {
    const { usage, written, store } = createTestRecorder();
    store.isUnreachable = true;
    usage.record(use(1));
    expect(usage.trySendWithWrite("heartbeat 1")).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    store.isUnreachable = false;
    expect(usage.trySendWithWrite("heartbeat 2")).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(written).toEqual([{ number: 1, calls: 1, message: "heartbeat 2" }]);
  });
});

describe("a write with a message", () => {
  it("starts only when there are calls to write", () => {
    const { usage, written } = createTestRecorder();
    expect(usage.trySendWithWrite("heartbeat")).toBe(false);
    usage.record(use(1));
    expect(usage.trySendWithWrite("heartbeat")).toBe(true);
    expect(written).toEqual([]);
  });

  it("starts with every second heartbeat under steady calls, and no other write starts", async () => {
    const { usage, written } = createTestRecorder();
    const accepted: boolean[] = [];
    for (let heartbeat = 0; heartbeat < 20; heartbeat += 1) {
      for (let call = 0; call < 11; call += 1) {
        usage.record(use(call));
        await vi.advanceTimersByTimeAsync(50);
      }
      accepted.push(usage.trySendWithWrite(`heartbeat ${heartbeat}`));
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(accepted).toEqual(Array.from({ length: 20 }, (_, heartbeat) => heartbeat % 2 === 0));
    expect(written.map(({ message }) => message)).toEqual(
      accepted.flatMap((isAccepted, heartbeat) => (isAccepted ? [`heartbeat ${heartbeat}`] : [])),
    );
  });

  it("does not start during another write", async () => {
    const { usage, store } = createTestRecorder();
    let finish = () => {};
    store.pause = new Promise((resolve) => {
      finish = resolve;
    });
    usage.record(use(1));
    expect(usage.trySendWithWrite("heartbeat 1")).toBe(true);
    usage.record(use(2));
    await vi.advanceTimersByTimeAsync(1200);
    expect(usage.trySendWithWrite("heartbeat 2")).toBe(false);
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(usage.trySendWithWrite("heartbeat 3")).toBe(true);
  });
});

describe("a flush", () => {
  it("writes all pending calls, after the write in flight", async () => {
    const { usage, written } = createTestRecorder();
    usage.record(use(1));
    expect(usage.trySendWithWrite("heartbeat")).toBe(true);
    usage.record(use(2));
    await flushUsage();
    expect(written.map(({ number, calls }) => [number, calls])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    await usage.flush();
    expect(written).toHaveLength(2);
  });

  it("retries a failed write", async () => {
    const { usage, written, store } = createTestRecorder();
    store.isUnreachable = true;
    usage.record(use(1));
    const flushed = usage.flush();
    await vi.advanceTimersByTimeAsync(2000);
    store.isUnreachable = false;
    await vi.advanceTimersByTimeAsync(200);
    await flushed;
    expect(written).toEqual([{ number: 1, calls: 1, message: null }]);
  });

  it.each(["fails", "never responds"])("rejects after five seconds if the store %s", async (failure) => {
    const { usage, store } = createTestRecorder();
    store.isUnreachable = true;
    if (failure === "never responds") store.pause = new Promise(() => {});
    usage.record(use(1));
    const flushed = expect(usage.flush()).rejects.toThrow(/unreachable|timed out/);
    await vi.advanceTimersByTimeAsync(5000);
    await flushed;
  });
});
