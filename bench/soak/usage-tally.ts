import type { Site } from "@/e2e/fixtures/site";

export type UsageTally = {
  readonly record: (keyId: number, status: number | null) => void;
  /** Calls that were answered, and of them those whose totals in the database are not exactly what was answered. */
  readonly compare: (site: Site) => Promise<{ readonly answered: number; readonly different: number }>;
};

/** What an answer is counted as in `usage_hours`; other answers are not those of authenticated calls, or not exact. */
const outcomes = new Map<number | null, string>([
  [200, "succeeded"],
  [403, "missing_scope"],
]);

/** Counts answers by key, to be compared with what the product has counted. */
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
      let different = 0;
      for (const name of new Set([...counts.keys(), ...stored.keys()])) {
        const sent = counts.get(name) ?? 0;
        answered += sent;
        different += Math.abs(sent - (stored.get(name) ?? 0));
      }
      return { answered, different };
    },
  };
}
