/** The error of an operation that took too long. It has the error code of a connection timeout. */
export class TimeoutError extends Error {
  readonly code = "ETIMEDOUT";

  constructor(operation: string, ms: number) {
    super(`${operation} timed out after ${ms} ms`);
  }
}

/**
 * Resolves or rejects like `promise`, or rejects with `TimeoutError` after `ms` milliseconds. The operation
 * is not canceled; its later result is dropped. `operation` is its name in the error message.
 */
export async function withTimeout<Value>(
  promise: Promise<Value>,
  ms: number,
  operation: string,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(operation, ms)), ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
