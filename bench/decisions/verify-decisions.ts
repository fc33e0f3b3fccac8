/**
 * Latchkey's revocation bound: milliseconds after an acknowledged commit in which the previous state may
 * still decide.
 */
export const revocationBoundMs = 1000;

/**
 * A change after which requests of `subject` must get `expectedStatus`. Times are monotonic, in milliseconds.
 */
export type Change = {
  readonly subject: string;
  readonly expectedStatus: number;
  /** When the change was started: it cannot have taken effect before. */
  readonly startedAt: number;
  /** When its commit was acknowledged; Infinity when that is unknown. */
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
  /** Requests with any other status than expected. */
  readonly unexpected: readonly SentRequest[];
  /**
   * Correctly rejected requests that started after the revocation bound had passed: they prove that it was
   * tested.
   */
  readonly rejectionsAfterBound: number;
  /**
   * The longest time from the commit of a revocation to the start of a request that was still accepted, in
   * milliseconds. Null when there was none.
   */
  readonly latestAcceptanceMs: number | null;
};

/**
 * Verifies every response against the history of its subject. A subject starts as unknown, with status 401. A
 * response is correct when a state that may have been valid during the request demands its status: a state
 * that was started before the request ended, and whose successor was committed at most `revocationBoundMs`
 * before the request started.
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
  const wrong: { acceptances: SentRequest[]; rejections: SentRequest[]; other: SentRequest[] } = {
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
    const possible = possibleStates(history, request);
    if (!possible.some(({ expectedStatus }) => expectedStatus === status)) {
      if (status === 200) wrong.acceptances.push(request);
      else if (isRejection(status)) wrong.rejections.push(request);
      else wrong.other.push(request);
    } else if (isRejection(status) && possible.length === 1 && possible[0] !== history[0]) {
      rejectionsAfterBound += 1;
    }
    const delay = status === 200 ? acceptanceDelay(history, request) : null;
    if (delay !== null && delay > (latestAcceptanceMs ?? 0)) latestAcceptanceMs = delay;
  }
  return {
    requests: requests.length,
    unavailable,
    wrongAcceptances: wrong.acceptances,
    wrongRejections: wrong.rejections,
    unexpected: wrong.other,
    rejectionsAfterBound,
    latestAcceptanceMs,
  };
}

/** True when no decision was wrong and the revocation bound was tested at least once. */
export function isCorrect(report: DecisionReport): boolean {
  const { wrongAcceptances, wrongRejections, unexpected, rejectionsAfterBound } = report;
  return (
    wrongAcceptances.length + wrongRejections.length + unexpected.length === 0 && rejectionsAfterBound > 0
  );
}

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
 * when the latest change that started before the end of the request was no revocation, or was not committed
 * before the request.
 */
function acceptanceDelay(history: readonly Change[], { startedAt, endedAt }: SentRequest): number | null {
  const last = history.slice(1).findLast(({ startedAt }) => startedAt <= endedAt);
  if (last === undefined || !isRejection(last.expectedStatus) || last.committedAt > startedAt) return null;
  return startedAt - last.committedAt;
}

function isRejection(status: number): boolean {
  return status === 401 || status === 403;
}
