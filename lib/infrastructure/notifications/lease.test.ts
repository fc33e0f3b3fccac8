import { describe, expect, it } from "vitest";
import { createLease, maxStalenessMs } from "./lease";

function setUp() {
  const time = { monotonic: 5000, wall: 1_000_000 };
  const advance = (milliseconds: number) => {
    time.monotonic += milliseconds;
    time.wall += milliseconds;
  };
  const lease = createLease({ monotonic: () => time.monotonic, wall: () => time.wall });
  return { time, advance, lease };
}

describe("the lease", () => {
  it("is not held before a heartbeat has been received", () => {
    const { lease } = setUp();
    expect(lease.isHeld()).toBe(false);
    lease.reset();
    const heartbeat = lease.recordSent();
    expect(lease.isHeld()).toBe(false);
    lease.recordReceived(heartbeat);
    expect(lease.isHeld()).toBe(true);
  });

  it("expires a second after the heartbeat was sent, however late it was received", () => {
    const { lease, advance } = setUp();
    const heartbeat = lease.recordSent();
    advance(maxStalenessMs - 100);
    lease.recordReceived(heartbeat);
    advance(99);
    expect(lease.isHeld()).toBe(true);
    advance(1);
    expect(lease.isHeld()).toBe(false);
  });

  it("is not granted by a heartbeat older than maxStalenessMs", () => {
    const { lease, advance } = setUp();
    const heartbeat = lease.recordSent();
    advance(maxStalenessMs);
    lease.recordReceived(heartbeat);
    expect(lease.isHeld()).toBe(false);
  });

  it("is not granted by a heartbeat sent before a reset", () => {
    const { lease } = setUp();
    const before = lease.recordSent();
    lease.reset();
    lease.recordReceived(before);
    expect(lease.isHeld()).toBe(false);
    lease.recordReceived(lease.recordSent());
    expect(lease.isHeld()).toBe(true);
  });

  it("ends with a reset", () => {
    const { lease } = setUp();
    lease.recordReceived(lease.recordSent());
    lease.reset();
    expect(lease.isHeld()).toBe(false);
  });

  it("is not shortened by an older heartbeat received late", () => {
    const { lease, advance } = setUp();
    const first = lease.recordSent();
    advance(500);
    const second = lease.recordSent();
    lease.recordReceived(second);
    lease.recordReceived(first);
    advance(900);
    expect(lease.isHeld()).toBe(true);
  });

  it("expires when the machine has slept, although its monotonic clock stopped", () => {
    const { lease, time } = setUp();
    lease.recordReceived(lease.recordSent());
    expect(lease.isHeld()).toBe(true);
    time.wall += 60_000;
    expect(lease.isHeld()).toBe(false);
  });

  it("reports the time since the last received heartbeat", () => {
    const { lease, advance } = setUp();
    advance(400);
    expect(lease.msSinceHeartbeat()).toBe(400);
    lease.recordReceived(lease.recordSent());
    expect(lease.msSinceHeartbeat()).toBe(0);
  });

  it("ignores heartbeat numbers that were never sent", () => {
    const { lease } = setUp();
    lease.recordSent();
    for (const number of [0, 2, Number.NaN]) lease.recordReceived(number);
    expect(lease.isHeld()).toBe(false);
  });
});
