import { describe, expect, it } from "vitest";
import { maxStalenessMs, openLease } from "./lease";

function setUp() {
  const time = { monotonic: 5000, wall: 1_000_000 };
  const pass = (milliseconds: number) => {
    time.monotonic += milliseconds;
    time.wall += milliseconds;
  };
  const lease = openLease({ monotonic: () => time.monotonic, wall: () => time.wall });
  return { time, pass, lease };
}

describe("the lease", () => {
  it("is not held before a heartbeat has come back", () => {
    const { lease } = setUp();
    expect(lease.isHeld()).toBe(false);
    lease.reset();
    const beat = lease.heartbeatSent();
    expect(lease.isHeld()).toBe(false);
    lease.heartbeatReceived(beat);
    expect(lease.isHeld()).toBe(true);
  });

  it("ends a second after the heartbeat was sent, however late it came back", () => {
    const { lease, pass } = setUp();
    const beat = lease.heartbeatSent();
    pass(maxStalenessMs - 100);
    lease.heartbeatReceived(beat);
    pass(99);
    expect(lease.isHeld()).toBe(true);
    pass(1);
    expect(lease.isHeld()).toBe(false);
  });

  it("is not granted by a heartbeat older than the promise", () => {
    const { lease, pass } = setUp();
    const beat = lease.heartbeatSent();
    pass(maxStalenessMs);
    lease.heartbeatReceived(beat);
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

  it("ends with the subscription it was granted under", () => {
    const { lease } = setUp();
    lease.heartbeatReceived(lease.heartbeatSent());
    lease.reset();
    expect(lease.isHeld()).toBe(false);
  });

  it("never shrinks to an older heartbeat that comes back late", () => {
    const { lease, pass } = setUp();
    const first = lease.heartbeatSent();
    pass(500);
    const second = lease.heartbeatSent();
    lease.heartbeatReceived(second);
    lease.heartbeatReceived(first);
    pass(900);
    expect(lease.isHeld()).toBe(true);
  });

  it("ends when the machine slept, although its monotonic clock stood still", () => {
    const { lease, time } = setUp();
    lease.heartbeatReceived(lease.heartbeatSent());
    expect(lease.isHeld()).toBe(true);
    time.wall += 60_000;
    expect(lease.isHeld()).toBe(false);
  });

  it("tells how long it has heard nothing", () => {
    const { lease, pass } = setUp();
    pass(400);
    expect(lease.msSinceHeartbeat()).toBe(400);
    lease.heartbeatReceived(lease.heartbeatSent());
    expect(lease.msSinceHeartbeat()).toBe(0);
  });

  it("hears nothing in numbers that were never sent", () => {
    const { lease } = setUp();
    lease.heartbeatSent();
    for (const number of [0, 2, Number.NaN]) lease.heartbeatReceived(number);
    expect(lease.isHeld()).toBe(false);
  });
});
