import { type Change, type DecisionReport, type SentRequest, verifyDecisions } from "./verify-decisions";

export type DecisionRecorder = {
  /** Makes a change and notes when it was asked for and when its commit was acknowledged. */
  readonly makeChange: (
    subjects: readonly string[],
    answer: number,
    commit: () => Promise<unknown>,
  ) => Promise<void>;
  /** Notes a change that is committed; times by `performance.now()`. */
  readonly recordChange: (
    subjects: readonly string[],
    answer: number,
    askedAt: number,
    committedAt: number,
  ) => void;
  /** Sends a request and notes when it started and ended, and the status it got (null: no answer). */
  readonly sendRequest: (subject: string, send: () => Promise<number | null>) => Promise<number | null>;
  /** The requests answered so far. */
  readonly requests: () => readonly SentRequest[];
  readonly report: () => DecisionReport;
};

/** Keeps the history of what was changed and the answers, for `judge`. */
export function openDecisionRecorder(): DecisionRecorder {
  const changes: Change[] = [];
  const requests: SentRequest[] = [];
  const note: DecisionRecorder["recordChange"] = (subjects, answer, askedAt, committedAt) => {
    for (const subject of subjects)
      changes.push({ subject, expectedStatus: answer, startedAt: askedAt, committedAt });
  };
  return {
    recordChange: note,
    makeChange: async (subjects, answer, commit) => {
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
    sendRequest: async (subject, send) => {
      const startedAt = performance.now();
      const status = await send();
      requests.push({ subject, startedAt, endedAt: performance.now(), status });
      return status;
    },
    requests: () => requests,
    report: () => verifyDecisions(changes, requests),
  };
}
