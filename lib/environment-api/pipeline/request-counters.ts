import type { UseOutcome } from "@/lib/access/api-keys/model";
import type { Method } from "./scoped-route";

/** What became of a request, as far as it is known who asked. */
export type RequestOutcome = UseOutcome | "unauthenticated";

export type RequestCount = {
  /** The declared method, never one that a client made up. */
  readonly method: Method | "ANY";
  /** The route's pattern, or what stands for none. */
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

/** Counts the requests of this process since its start. There are as many counters as routes and statuses, no more. */
export function requestCounters(): RequestCounters {
  const readers: (() => RequestCount[])[] = [];

  function ofRoute(method: RequestCount["method"], route: string): RouteCounter {
    const counts = {
      succeeded: new Map<number, number>(),
      missing_scope: new Map<number, number>(),
      rejected: new Map<number, number>(),
      failed: new Map<number, number>(),
      unauthenticated: new Map<number, number>(),
    } satisfies Record<RequestOutcome, Map<number, number>>;
    const outcomes = ["succeeded", "missing_scope", "rejected", "failed", "unauthenticated"] as const;
    readers.push(() =>
      outcomes.flatMap((outcome) =>
        [...counts[outcome]].map(([status, requests]) => ({ method, route, outcome, status, requests })),
      ),
    );
    return {
      increment: (outcome, status) => {
        const ofOutcome = counts[outcome];
        ofOutcome.set(status, (ofOutcome.get(status) ?? 0) + 1);
      },
    };
  }

  return { forRoute: ofRoute, stats: () => readers.flatMap((read) => read()) };
}
