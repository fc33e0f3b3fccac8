/**
 * Latchkey's revocation bound in milliseconds: for this long after a change is committed, requests may still
 * be answered from the state before it.
 */
export const revocationBoundMs = 1000;

/**
 * A change, and the state that it leads to: requests of `subject` must then get `expectedStatus`. A subject
 * is one key on one process. Times are monotonic, in milliseconds.
 */
export type Change = {
  readonly subject: string;
  readonly expectedStatus: number;
  /** When the change started. It cannot have taken effect before. */
  readonly startedAt: number;
  /** When its commit was acknowledged; Infinity if it is unknown whether it was committed. */
  readonly committedAt: number;
};

export type SentRequest = {
  readonly subject: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Null when there was no response. */
  readonly status: number | null;
};

export type DecisionReport = {
  readonly requests: number;
  /** Requests with status 503 or without a response, which count as neither correct nor wrong. */
  readonly unavailable: number;
  /** Requests accepted with 200 although no state that was valid during the request allows it. */
  readonly wrongAcceptances: readonly SentRequest[];
  /** Requests rejected with 401 or 403 although no state that was valid during the request demands it. */
  readonly wrongRejections: readonly SentRequest[];
  /** Wrong responses with any other status, such as 500. */
  readonly unexpected: readonly SentRequest[];
  /**
   * The number of correctly rejected requests that started after the revocation bound had passed. If it is 0,
   * the bound was not tested.
   */
  readonly rejectionsAfterBound: number;
  /**
   * The longest time from the commit of a revocation to the start of a request that was still accepted, in
   * milliseconds. Null when there was none.
   */
  readonly latestAcceptanceMs: number | null;
};

/**
 * Verifies every response against the history of its subject. A subject starts as an unknown key, with status
 * 401. A response is correct if its status is the expected one of a state that may have been valid during the
 * request. Such a state's change started before the request ended, and the next change was committed at most
 * `revocationBoundMs` before the request started.
 */
export function verifyDecisions(
  changes: readonly Change[],
  requests: readonly SentRequest[],
): DecisionReport {
  const histories = new Map<string, Change[]>();
  for (const change of changes) {
    const history = histories.get(change.subject) ?? [unknownKeyState(change.subject)];
    histories.set(change.subject, history);
    history.push(change);
  }
  const wrongResponses: { acceptances: SentRequest[]; rejections: SentRequest[]; other: SentRequest[] } = {
    acceptances: [],
    rejections: [],
    other: [],
  };
  let unavailable = 0;
  let rejectionsAfterBound = 0;
  let latestAcceptanceMs: number | null = null;
  for (const request of requests) {
    const { status } = request;
    if (status === null || status === 503) {
      unavailable += 1;
      continue;
    }
    const history = histories.get(request.subject) ?? [unknownKeyState(request.subject)];
    const states = possibleStates(history, request);
    if (!states.some(({ expectedStatus }) => expectedStatus === status)) {
      if (status === 200) wrongResponses.acceptances.push(request);
      else if (isRejection(status)) wrongResponses.rejections.push(request);
      else wrongResponses.other.push(request);
    } else if (isRejection(status) && states.length === 1 && states[0] !== history[0]) {
      // Only the state of a revocation was possible: its bound had passed, and the key was rejected.
      rejectionsAfterBound += 1;
    }
    const delayMs = status === 200 ? acceptanceDelayMs(history, request) : null;
    if (delayMs !== null && delayMs > (latestAcceptanceMs ?? 0)) latestAcceptanceMs = delayMs;
  }
  return {
    requests: requests.length,
    unavailable,
    wrongAcceptances: wrongResponses.acceptances,
    wrongRejections: wrongResponses.rejections,
    unexpected: wrongResponses.other,
    rejectionsAfterBound,
    latestAcceptanceMs,
  };
}

/** True if no response was wrong and the revocation bound was tested at least once. */
export function isCorrect(report: DecisionReport): boolean {
  const { wrongAcceptances, wrongRejections, unexpected, rejectionsAfterBound } = report;
  return (
    wrongAcceptances.length + wrongRejections.length + unexpected.length === 0 && rejectionsAfterBound > 0
  );
}

/** The state of a subject before its first change. */
function unknownKeyState(subject: string): Change {
  return {
    subject,
    expectedStatus: 401,
    startedAt: Number.NEGATIVE_INFINITY,
    committedAt: Number.NEGATIVE_INFINITY,
  };
}

/** Returns the states that may have been valid during the request. */
function possibleStates(history: readonly Change[], { startedAt, endedAt }: SentRequest): Change[] {
  return history.filter(({ startedAt: changeStartedAt }, index) => {
    const next = history[index + 1];
    return (
      changeStartedAt <= endedAt && (next === undefined || next.committedAt + revocationBoundMs >= startedAt)
    );
  });
}

/**
 * Returns the time from the commit of a revocation to the start of an accepted request, in milliseconds. Null
 * if the latest change that started before the request ended is no revocation, or was committed after the
 * request started.
 */
function acceptanceDelayMs(history: readonly Change[], { startedAt, endedAt }: SentRequest): number | null {
  const last = history.slice(1).findLast(({ startedAt }) => startedAt <= endedAt);
  if (last === undefined || !isRejection(last.expectedStatus) || last.committedAt > startedAt) return null;
  return startedAt - last.committedAt;
}

function isRejection(status: number): boolean {
  return status === 401 || status === 403;
}
