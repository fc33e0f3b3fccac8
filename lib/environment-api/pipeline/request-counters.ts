import type { UseOutcome } from "@/lib/access/api-keys/model";
import type { anyMethod, Method } from "./route";

/** The outcome of a request: that of a use of a key, or `unauthenticated`. */
export type RequestOutcome = UseOutcome | "unauthenticated";

/** The label of all undeclared paths. */
export const undeclaredPathLabel = "none";

export type RequestCount = {
  /**
   * The declared method, never the one that the client sent: a client could otherwise create any number of
   * labels.
   */
  readonly method: Method | typeof anyMethod;
  /** The route's path pattern, or `undeclaredPathLabel`. */
  readonly route: string;
  readonly outcome: RequestOutcome;
  readonly status: number;
  readonly requests: number;
};

export type RouteCounter = { readonly increment: (outcome: RequestOutcome, status: number) => void };

export type RequestCounters = {
  readonly forRoute: (method: RequestCount["method"], route: string) => RouteCounter;
  readonly stats: () => RequestCount[];
};

/**
 * Creates the counters of this process's requests since its start. There is at most one for each route,
 * outcome and status, so clients cannot exhaust memory.
 */
export function createRequestCounters(): RequestCounters {
  const readCounts: (() => RequestCount[])[] = [];

  function forRoute(method: RequestCount["method"], route: string): RouteCounter {
    const counts = {
      succeeded: new Map<number, number>(),
      missing_scope: new Map<number, number>(),
      rejected: new Map<number, number>(),
      failed: new Map<number, number>(),
      unauthenticated: new Map<number, number>(),
    } satisfies Record<RequestOutcome, Map<number, number>>;
    const outcomes = ["succeeded", "missing_scope", "rejected", "failed", "unauthenticated"] as const;
    readCounts.push(() =>
      outcomes.flatMap((outcome) =>
        [...counts[outcome]].map(([status, requests]) => ({ method, route, outcome, status, requests })),
      ),
    );
    return {
      increment: (outcome, status) => {
        const byStatus = counts[outcome];
        byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
      },
    };
  }

  return { forRoute, stats: () => readCounts.flatMap((read) => read()) };
}
