import type { Site } from "@/e2e/fixtures/site";

export type UsageTally = {
  readonly record: (keyId: number, status: number | null) => void;
  /**
   * Compares the recorded responses with the totals in the database. `difference` is the number of calls that
   * are missing there or counted too often.
   */
  readonly compare: (site: Site) => Promise<{ readonly answered: number; readonly difference: number }>;
};

/**
 * The outcome in `usage_hours` for each status that is compared. Other statuses belong to unauthenticated
 * calls, or are not counted exactly.
 */
const outcomes = new Map<number | null, string>([
  [200, "succeeded"],
  [403, "missing_scope"],
]);

/** Counts the responses for each key, to compare them with the usage totals in the database. */
export function createUsageTally(): UsageTally {
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
