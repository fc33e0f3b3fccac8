/** Milliseconds after an acknowledged commit in which what was right before it still is: what Latchkey promises. */
export const revocationBoundMs = 1000;

/** From some moment on, requests of `subject` have to be answered with the status `answer`. Times are monotonic, in ms. */
export type Change = {
  readonly subject: string;
  readonly expectedStatus: number;
  /** Before this the change cannot have been in force. */
  readonly startedAt: number;
  /** When its commit was acknowledged; Infinity while that is not known. */
  readonly committedAt: number;
};

export type SentRequest = {
  readonly subject: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Null when no answer came. */
  readonly status: number | null;
};

export type DecisionReport = {
  readonly requests: number;
  /** 503, and no answer at all: neither right nor wrong. */
  readonly unavailable: number;
  /** 200 that only a state too old to count would give. */
  readonly wrongAcceptances: readonly SentRequest[];
  /** 401 or 403 that no state which may count would give. */
  readonly wrongRejections: readonly SentRequest[];
  /** Any other status that is not what the subject's state asks for. */
  readonly unexpected: readonly SentRequest[];
  /** Requests refused, rightly, that started after the grace of what forbids them: the promise was put to the test. */
  readonly rejectionsAfterBound: number;
  /** The longest that a request accepted after a forbidding commit had started after it, in ms; null when there was none. */
  readonly latestAcceptanceMs: number | null;
};

/**
 * Compares every answer with the history of its subject. A subject starts unknown, with 401. An answer is right when a
 * state that may have counted during its request asks for it: one that was asked for before the request ended, and whose
 * successor was committed at most `graceMs` before it started.
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
  const wrong: { acceptances: SentRequest[]; refusals: SentRequest[]; other: SentRequest[] } = {
    acceptances: [],
    refusals: [],
    other: [],
  };
  let unavailable = 0;
  let provenRefusals = 0;
  let latestAcceptanceMs: number | null = null;
  for (const request of requests) {
    const { status } = request;
    if (status === null || status === 503) {
      unavailable += 1;
      continue;
    }
    const history = histories.get(request.subject) ?? [unknownKeyState(request.subject)];
    const may = possibleStates(history, request);
    if (!may.some(({ expectedStatus }) => expectedStatus === status)) {
      if (status === 200) wrong.acceptances.push(request);
      else if (isRejection(status)) wrong.refusals.push(request);
      else wrong.other.push(request);
    } else if (isRejection(status) && may.length === 1 && may[0] !== history[0]) {
      provenRefusals += 1;
    }
    const late = status === 200 ? acceptedAfter(history, request) : null;
    if (late !== null && late > (latestAcceptanceMs ?? 0)) latestAcceptanceMs = late;
  }
  return {
    requests: requests.length,
    unavailable,
    wrongAcceptances: wrong.acceptances,
    wrongRejections: wrong.refusals,
    unexpected: wrong.other,
    rejectionsAfterBound: provenRefusals,
    latestAcceptanceMs,
  };
}

/** Is nothing wrong, and was the promise put to the test at all? */
export function isCorrect(verdict: DecisionReport): boolean {
  const { wrongAcceptances, wrongRejections, unexpected, rejectionsAfterBound } = verdict;
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

/** The states that may have counted while the request was under way. */
function possibleStates(history: readonly Change[], { startedAt, endedAt }: SentRequest): Change[] {
  return history.filter(({ startedAt: askedAt }, index) => {
    const next = history[index + 1];
    return askedAt <= endedAt && (next === undefined || next.committedAt + revocationBoundMs >= startedAt);
  });
}

/** How long after a forbidding commit, with nothing asked for since, an accepted request started; null otherwise. */
function acceptedAfter(history: readonly Change[], { startedAt, endedAt }: SentRequest): number | null {
  const last = history.slice(1).findLast(({ startedAt }) => startedAt <= endedAt);
  if (last === undefined || !isRejection(last.expectedStatus) || last.committedAt > startedAt) return null;
  return startedAt - last.committedAt;
}

function isRejection(status: number): boolean {
  return status === 401 || status === 403;
}
