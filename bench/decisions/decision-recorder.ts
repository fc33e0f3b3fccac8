import { type Change, type DecisionReport, type SentRequest, verifyDecisions } from "./verify-decisions";

export type DecisionRecorder = {
  /**
   * Calls `commit`, after which requests of the subjects must get `expectedStatus`. Records when it started
   * and when the commit was acknowledged.
   */
  readonly makeChange: (
    subjects: readonly string[],
    expectedStatus: number,
    commit: () => Promise<unknown>,
  ) => Promise<void>;
  /** Records a change that is already committed. Times are from `performance.now()`. */
  readonly recordChange: (
    subjects: readonly string[],
    expectedStatus: number,
    startedAt: number,
    committedAt: number,
  ) => void;
  /** Sends a request and records its start, its end and its status. Null: there was no response. */
  readonly sendRequest: (subject: string, send: () => Promise<number | null>) => Promise<number | null>;
  /** Returns the requests that have ended so far. */
  readonly requests: () => readonly SentRequest[];
  readonly report: () => DecisionReport;
};

/** Records changes and requests for `verifyDecisions`. */
export function createDecisionRecorder(): DecisionRecorder {
  const changes: Change[] = [];
  const requests: SentRequest[] = [];
  const recordChange: DecisionRecorder["recordChange"] = (
    subjects,
    expectedStatus,
    startedAt,
    committedAt,
  ) => {
    for (const subject of subjects) changes.push({ subject, expectedStatus, startedAt, committedAt });
  };
  return {
    recordChange,
    makeChange: async (subjects, expectedStatus, commit) => {
      const startedAt = performance.now();
      let committedAt = Number.POSITIVE_INFINITY;
      try {
        await commit();
        committedAt = performance.now();
      } finally {
        // After an error it is unknown whether the change was committed: `committedAt` is then Infinity.
        recordChange(subjects, expectedStatus, startedAt, committedAt);
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
