/** Milliseconds after an acknowledged commit in which what was right before it still is: what Latchkey promises. */
export const graceMs = 1000;

/** From some moment on, requests of `subject` have to be answered with the status `answer`. Times are monotonic, in ms. */
export type Change = {
  readonly subject: string;
  readonly answer: number;
  /** Before this the change cannot have been in force. */
  readonly askedAt: number;
  /** When its commit was acknowledged; Infinity while that is not known. */
  readonly committedAt: number;
};

export type AskedRequest = {
  readonly subject: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Null when no answer came. */
  readonly status: number | null;
};

export type Verdict = {
  readonly requests: number;
  /** 503, and no answer at all: neither right nor wrong. */
  readonly unavailable: number;
  /** 200 that only a state too old to count would give. */
  readonly wrongAcceptances: readonly AskedRequest[];
  /** 401 or 403 that no state which may count would give. */
  readonly wrongRefusals: readonly AskedRequest[];
  /** Any other status that is not what the subject's state asks for. */
  readonly unexpected: readonly AskedRequest[];
  /** Requests refused, rightly, that started after the grace of what forbids them: the promise was put to the test. */
  readonly provenRefusals: number;
  /** The longest that a request accepted after a forbidding commit had started after it, in ms; null when there was none. */
  readonly latestAcceptanceMs: number | null;
};

/**
 * Compares every answer with the history of its subject. A subject starts unknown, with 401. An answer is right when a
 * state that may have counted during its request asks for it: one that was asked for before the request ended, and whose
 * successor was committed at most `graceMs` before it started.
 */
export function judge(changes: readonly Change[], requests: readonly AskedRequest[]): Verdict {
  const histories = new Map<string, Change[]>();
  for (const change of changes) {
    const history = histories.get(change.subject) ?? [unknown(change.subject)];
    histories.set(change.subject, history);
    history.push(change);
  }
  const wrong: { acceptances: AskedRequest[]; refusals: AskedRequest[]; other: AskedRequest[] } = {
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
    const history = histories.get(request.subject) ?? [unknown(request.subject)];
    const may = statesOf(history, request);
    if (!may.some(({ answer }) => answer === status)) {
      if (status === 200) wrong.acceptances.push(request);
      else if (isRefusal(status)) wrong.refusals.push(request);
      else wrong.other.push(request);
    } else if (isRefusal(status) && may.length === 1 && may[0] !== history[0]) {
      provenRefusals += 1;
    }
    const late = status === 200 ? acceptedAfter(history, request) : null;
    if (late !== null && late > (latestAcceptanceMs ?? 0)) latestAcceptanceMs = late;
  }
  return {
    requests: requests.length,
    unavailable,
    wrongAcceptances: wrong.acceptances,
    wrongRefusals: wrong.refusals,
    unexpected: wrong.other,
    provenRefusals,
    latestAcceptanceMs,
  };
}

/** Is nothing wrong, and was the promise put to the test at all? */
export function isFlawless(verdict: Verdict): boolean {
  const { wrongAcceptances, wrongRefusals, unexpected, provenRefusals } = verdict;
  return wrongAcceptances.length + wrongRefusals.length + unexpected.length === 0 && provenRefusals > 0;
}

function unknown(subject: string): Change {
  return { subject, answer: 401, askedAt: Number.NEGATIVE_INFINITY, committedAt: Number.NEGATIVE_INFINITY };
}

/** The states that may have counted while the request was under way. */
function statesOf(history: readonly Change[], { startedAt, endedAt }: AskedRequest): Change[] {
  return history.filter(({ askedAt }, index) => {
    const next = history[index + 1];
    return askedAt <= endedAt && (next === undefined || next.committedAt + graceMs >= startedAt);
  });
}

/** How long after a forbidding commit, with nothing asked for since, an accepted request started; null otherwise. */
function acceptedAfter(history: readonly Change[], { startedAt, endedAt }: AskedRequest): number | null {
  const last = history.slice(1).findLast(({ askedAt }) => askedAt <= endedAt);
  if (last === undefined || !isRefusal(last.answer) || last.committedAt > startedAt) return null;
  return startedAt - last.committedAt;
}

function isRefusal(status: number): boolean {
  return status === 401 || status === 403;
}
