/**
 * Creates a clock for log lines: a function that returns the current time in ISO 8601. It formats each
 * millisecond once, because formatting a date costs as much as the rest of a log line.
 */
export function createIsoClock(now: () => number = Date.now): () => string {
  let cachedMilliseconds = Number.NaN;
  let text = "";
  return () => {
    const milliseconds = now();
    if (milliseconds !== cachedMilliseconds) {
      cachedMilliseconds = milliseconds;
      text = new Date(milliseconds).toISOString();
    }
    return text;
  };
}
