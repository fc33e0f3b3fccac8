import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { flushUsage, usageRecorder } from "./usage";
import type { KeyUse } from "./usage-store";

const lastUse = { method: "GET", route: "/connections", status: 200, client: null, address: null };

function use(keyId: number, second: number, status = 200): KeyUse {
  return { keyId, environmentId: 1, at: new Date(second * 1000), lastUse: { ...lastUse, status } };
}

function recorder(write: (uses: readonly KeyUse[]) => Promise<void>) {
  const failures: unknown[] = [];
  const usage = usageRecorder({ write, onFailure: (error) => failures.push(error), intervalMs: 1000 });
  return { usage, failures };
}

describe("a usage recorder", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("writes the latest use of each key, once a second, in one batch", async () => {
    const batches: (readonly KeyUse[])[] = [];
    const { usage } = recorder(async (uses) => {
      batches.push(uses);
    });
    for (let call = 0; call < 100; call += 1) usage.note(use(1, call));
    usage.note(use(1, 5, 403));
    usage.note(use(2, 7));
    await vi.advanceTimersByTimeAsync(999);
    expect(batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(batches).toEqual([[use(1, 99), use(2, 7)]]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(batches).toHaveLength(1);
  });

  it("keeps what could not be written, counts the failure and tries again", async () => {
    const batches: (readonly KeyUse[])[] = [];
    let isAway = true;
    const { usage, failures } = recorder(async (uses) => {
      if (isAway) throw new Error("away");
      batches.push(uses);
    });
    usage.note(use(1, 1));
    usage.note(use(2, 1));
    await vi.advanceTimersByTimeAsync(1000);
    expect([failures.length, usage.failures()]).toEqual([1, 1]);
    usage.note(use(1, 2));
    isAway = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(batches).toEqual([[use(1, 2), use(2, 1)]]);
  });

  it("writes at once when flushed, after a write under way", async () => {
    const batches: (readonly KeyUse[])[] = [];
    let finish = () => {};
    const { usage } = recorder(async (uses) => {
      batches.push(uses);
      if (batches.length === 1) await new Promise<void>((resolve) => (finish = resolve));
    });
    usage.note(use(1, 1));
    const first = usage.flush();
    await vi.advanceTimersByTimeAsync(0);
    usage.note(use(1, 2));
    const all = flushUsage();
    expect(batches).toHaveLength(1);
    finish();
    await Promise.all([first, all]);
    expect(batches).toEqual([[use(1, 1)], [use(1, 2)]]);
  });
});
