import type { UseOutcome } from "@/lib/access/api-keys/model";
import type { Method } from "./scoped-route";

/** The outcome of a request: that of an authenticated call, or `unauthenticated`. */
export type RequestOutcome = UseOutcome | "unauthenticated";

export type RequestCount = {
  /** The declared method, never the client's text, so that clients cannot create labels. */
  readonly method: Method | "ANY";
  /** The route's path pattern; `none` for undeclared paths. */
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
 * Creates counters of this process's requests since start. Their number is bounded by routes, outcomes and
 * statuses.
 */
export function requestCounters(): RequestCounters {
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
