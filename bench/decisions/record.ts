import { type AskedRequest, type Change, judge, type Verdict } from "./judge";

export type DecisionRecord = {
  /** Makes a change and notes when it was asked for and when its commit was acknowledged. */
  readonly change: (
    subjects: readonly string[],
    answer: number,
    commit: () => Promise<unknown>,
  ) => Promise<void>;
  /** Notes a change that is committed; times by `performance.now()`. */
  readonly note: (subjects: readonly string[], answer: number, askedAt: number, committedAt: number) => void;
  /** Sends a request and notes when it started and ended, and the status it got (null: no answer). */
  readonly request: (subject: string, send: () => Promise<number | null>) => Promise<number | null>;
  /** The requests answered so far. */
  readonly requests: () => readonly AskedRequest[];
  readonly verdict: () => Verdict;
};

/** Keeps the history of what was changed and the answers, for `judge`. */
export function recordDecisions(): DecisionRecord {
  const changes: Change[] = [];
  const requests: AskedRequest[] = [];
  const note: DecisionRecord["note"] = (subjects, answer, askedAt, committedAt) => {
    for (const subject of subjects) changes.push({ subject, answer, askedAt, committedAt });
  };
  return {
    note,
    change: async (subjects, answer, commit) => {
      const askedAt = performance.now();
      let committedAt = Number.POSITIVE_INFINITY;
      try {
        await commit();
        committedAt = performance.now();
      } finally {
        // After a failure nobody knows whether it counts.
        note(subjects, answer, askedAt, committedAt);
      }
    },
    request: async (subject, send) => {
      const startedAt = performance.now();
      const status = await send();
      requests.push({ subject, startedAt, endedAt: performance.now(), status });
      return status;
    },
    requests: () => requests,
    verdict: () => judge(changes, requests),
  };
}
