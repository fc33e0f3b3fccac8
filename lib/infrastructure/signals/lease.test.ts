import { describe, expect, it } from "vitest";
import { openLease, promisedMilliseconds } from "./lease";

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
    lease.renew();
    const beat = lease.beat();
    expect(lease.isHeld()).toBe(false);
    lease.hear(beat);
    expect(lease.isHeld()).toBe(true);
  });

  it("ends a second after the heartbeat was sent, however late it came back", () => {
    const { lease, pass } = setUp();
    const beat = lease.beat();
    pass(promisedMilliseconds - 100);
    lease.hear(beat);
    pass(99);
    expect(lease.isHeld()).toBe(true);
    pass(1);
    expect(lease.isHeld()).toBe(false);
  });

  it("is not granted by a heartbeat older than the promise", () => {
    const { lease, pass } = setUp();
    const beat = lease.beat();
    pass(promisedMilliseconds);
    lease.hear(beat);
    expect(lease.isHeld()).toBe(false);
  });

  it("is not granted by a heartbeat sent before the subscription", () => {
    const { lease } = setUp();
    const before = lease.beat();
    lease.renew();
    lease.hear(before);
    expect(lease.isHeld()).toBe(false);
    lease.hear(lease.beat());
    expect(lease.isHeld()).toBe(true);
  });

  it("ends with the subscription it was granted under", () => {
    const { lease } = setUp();
    lease.hear(lease.beat());
    lease.renew();
    expect(lease.isHeld()).toBe(false);
  });

  it("never shrinks to an older heartbeat that comes back late", () => {
    const { lease, pass } = setUp();
    const first = lease.beat();
    pass(500);
    const second = lease.beat();
    lease.hear(second);
    lease.hear(first);
    pass(900);
    expect(lease.isHeld()).toBe(true);
  });

  it("ends when the machine slept, although its monotonic clock stood still", () => {
    const { lease, time } = setUp();
    lease.hear(lease.beat());
    expect(lease.isHeld()).toBe(true);
    time.wall += 60_000;
    expect(lease.isHeld()).toBe(false);
  });

  it("tells how long it has heard nothing", () => {
    const { lease, pass } = setUp();
    pass(400);
    expect(lease.silence()).toBe(400);
    lease.hear(lease.beat());
    expect(lease.silence()).toBe(0);
  });

  it("hears nothing in numbers that were never sent", () => {
    const { lease } = setUp();
    lease.beat();
    for (const number of [0, 2, Number.NaN]) lease.hear(number);
    expect(lease.isHeld()).toBe(false);
  });
});
