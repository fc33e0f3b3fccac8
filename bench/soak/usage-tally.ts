import type { Site } from "@/e2e/fixtures/site";

export type UsageTally = {
  readonly record: (keyId: number, status: number | null) => void;
  /**
   * Compares the counted calls with the totals in the database. `difference` is the number of calls missing
   * or extra.
   */
  readonly compare: (site: Site) => Promise<{ readonly answered: number; readonly difference: number }>;
};

/**
 * The outcome in `usage_hours` by status. Other statuses are not from authenticated calls, or are not counted
 * exactly.
 */
const outcomes = new Map<number | null, string>([
  [200, "succeeded"],
  [403, "missing_scope"],
]);

/** Counts responses by key, to compare them with the usage that the product has counted. */
export function openUsageTally(): UsageTally {
  const counts = new Map<string, number>();
  return {
    record: (keyId, status) => {
      const outcome = outcomes.get(status);
      if (outcome === undefined) return;
      const name = `${keyId} ${outcome}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    compare: async ({ sql }) => {
      const rows = await sql<{ name: string; calls: number }[]>`
        select key_id || ' ' || outcome as name, sum(calls)::int as calls from usage_hours
        where outcome in ${sql([...outcomes.values()])} group by 1`;
      const stored = new Map(rows.map(({ name, calls }) => [name, calls]));
      let answered = 0;
      let difference = 0;
      for (const name of new Set([...counts.keys(), ...stored.keys()])) {
        const sent = counts.get(name) ?? 0;
        answered += sent;
        difference += Math.abs(sent - (stored.get(name) ?? 0));
      }
      return { answered, difference };
    },
  };
}
