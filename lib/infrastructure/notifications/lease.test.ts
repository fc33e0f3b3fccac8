import { describe, expect, it } from "vitest";
import { maxStalenessMs, openLease } from "./lease";

function setUp() {
  const time = { monotonic: 5000, wall: 1_000_000 };
  const advance = (milliseconds: number) => {
    time.monotonic += milliseconds;
    time.wall += milliseconds;
  };
  const lease = openLease({ monotonic: () => time.monotonic, wall: () => time.wall });
  return { time, advance, lease };
}

describe("the lease", () => {
  it("is not held before a heartbeat has been received", () => {
    const { lease } = setUp();
    expect(lease.isHeld()).toBe(false);
    lease.reset();
    const heartbeat = lease.heartbeatSent();
    expect(lease.isHeld()).toBe(false);
    lease.heartbeatReceived(heartbeat);
    expect(lease.isHeld()).toBe(true);
  });

  it("expires a second after the heartbeat was sent, however late it was received", () => {
    const { lease, advance } = setUp();
    const heartbeat = lease.heartbeatSent();
    advance(maxStalenessMs - 100);
    lease.heartbeatReceived(heartbeat);
    advance(99);
    expect(lease.isHeld()).toBe(true);
    advance(1);
    expect(lease.isHeld()).toBe(false);
  });

  it("is not granted by a heartbeat older than maxStalenessMs", () => {
    const { lease, advance } = setUp();
    const heartbeat = lease.heartbeatSent();
    advance(maxStalenessMs);
    lease.heartbeatReceived(heartbeat);
    expect(lease.isHeld()).toBe(false);
  });

  it("is not granted by a heartbeat sent before the subscription", () => {
    const { lease } = setUp();
    const before = lease.heartbeatSent();
    lease.reset();
    lease.heartbeatReceived(before);
    expect(lease.isHeld()).toBe(false);
    lease.heartbeatReceived(lease.heartbeatSent());
    expect(lease.isHeld()).toBe(true);
  });

  it("expires with the subscription under which it was granted", () => {
    const { lease } = setUp();
    lease.heartbeatReceived(lease.heartbeatSent());
    lease.reset();
    expect(lease.isHeld()).toBe(false);
  });

  it("is not shortened by an older heartbeat received late", () => {
    const { lease, advance } = setUp();
    const first = lease.heartbeatSent();
    advance(500);
    const second = lease.heartbeatSent();
    lease.heartbeatReceived(second);
    lease.heartbeatReceived(first);
    advance(900);
    expect(lease.isHeld()).toBe(true);
  });

  it("expires when the machine has slept, although its monotonic clock stopped", () => {
    const { lease, time } = setUp();
    lease.heartbeatReceived(lease.heartbeatSent());
    expect(lease.isHeld()).toBe(true);
    time.wall += 60_000;
    expect(lease.isHeld()).toBe(false);
  });

  it("reports the time since the last received heartbeat", () => {
    const { lease, advance } = setUp();
    advance(400);
    expect(lease.msSinceHeartbeat()).toBe(400);
    lease.heartbeatReceived(lease.heartbeatSent());
    expect(lease.msSinceHeartbeat()).toBe(0);
  });

  it("ignores heartbeat numbers that were never sent", () => {
    const { lease } = setUp();
    lease.heartbeatSent();
    for (const number of [0, 2, Number.NaN]) lease.heartbeatReceived(number);
    expect(lease.isHeld()).toBe(false);
  });
});
