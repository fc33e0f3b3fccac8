import { LRUCache } from "lru-cache";

const windowMs = 60_000;
const maxNetworks = 10_000;

export type FailedAttemptLimiter = {
  /**
   * Counts one failure. Returns the seconds to wait once the address has exceeded its limit, otherwise null.
   */
  readonly recordFailure: (address: string, nowMs: number) => number | null;
};

/**
 * Creates a limiter of failed authentication attempts: counts per network in windows of one minute, in this
 * process only. Keeps the `maxNetworks` most recently seen networks, so that callers cannot exhaust memory.
 * An IPv6 /64 counts as one network, because one customer usually gets at least a /64 (RFC 6177). A limit of
 * 0 disables the limiter.
 */
export function createFailedAttemptLimiter(perMinute: number): FailedAttemptLimiter {
  const windows = new LRUCache<string, { failures: number; readonly endsAt: number }>({ max: maxNetworks });
  return {
    recordFailure: (address, nowMs) => {
      if (perMinute === 0) return null;
      const network = networkOf(address);
      const previous = windows.get(network);
      const current =
        previous === undefined || previous.endsAt <= nowMs
          ? { failures: 0, endsAt: nowMs + windowMs }
          : previous;
      current.failures += 1;
      windows.set(network, current);
      return current.failures > perMinute ? Math.ceil((current.endsAt - nowMs) / 1000) : null;
    },
  };
}

/**
 * Returns the network of an address: an IPv4 address itself (also when mapped into IPv6), or an IPv6
 * address's /64.
 */
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
