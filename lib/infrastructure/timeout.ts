/** No answer came in time. Its code is that of a connection's time-out. */
export class TimedOutError extends Error {
  readonly code = "ETIMEDOUT";

  constructor(what: string, ms: number) {
    super(`${what}: no answer within ${ms} ms`);
  }
}

/**
 * The promise's value, or a rejection with `DeadlinePassed` once `ms` milliseconds have passed without one. What then
 * still comes is dropped; the work behind the promise is not stopped.
 */
export async function withTimeout<Value>(promise: Promise<Value>, ms: number, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOutError(what, ms)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
