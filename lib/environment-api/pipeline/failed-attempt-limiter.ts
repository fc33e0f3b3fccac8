import { LRUCache } from "lru-cache";

const windowMs = 60_000;
const maxNetworks = 10_000;

export type FailedAttemptLimiter = {
  /** Counts one failure. Seconds to wait when the address is past its limit, otherwise null. */
  readonly recordFailure: (address: string, nowMs: number) => number | null;
};

/**
 * Counts failed attempts per network in windows of a minute, in this process only. Only the 10,000 networks seen last
 * are kept, so that callers cannot grow the memory. Callers in one IPv6 /64 count as one: that is what one host gets
 * (RFC 6177). A limit of 0 switches the limit off.
 */
export function failedAttemptLimiter(perMinute: number): FailedAttemptLimiter {
  const windows = new LRUCache<string, { failures: number; readonly endsAt: number }>({ max: maxNetworks });
  return {
    recordFailure: (address, nowMs) => {
      if (perMinute === 0) return null;
      const caller = networkOf(address);
      const known = windows.get(caller);
      const current =
        known === undefined || known.endsAt <= nowMs ? { failures: 0, endsAt: nowMs + windowMs } : known;
      current.failures += 1;
      windows.set(caller, current);
      return current.failures > perMinute ? Math.ceil((current.endsAt - nowMs) / 1000) : null;
    },
  };
}

/** An IPv4 address as it is (also when mapped into IPv6), an IPv6 address as its first 64 bits. */
export function networkOf(address: string): string {
  if (address.startsWith("::ffff:") && address.includes(".")) return address.slice("::ffff:".length);
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const after = tail === "" ? [] : tail.split(":");
    while (groups.length + after.length < 8) groups.push("0");
    groups.push(...after);
  }
  return `${groups.slice(0, 4).join(":")}::/64`;
}
