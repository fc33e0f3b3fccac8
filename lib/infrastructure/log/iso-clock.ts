/**
 * Creates a clock that returns the current time in ISO 8601 for log lines. The text is cached for each
 * millisecond, because formatting a date costs as much as the rest of a log line.
 */
export function createIsoClock(now: () => number = Date.now): () => string {
  let at = Number.NaN;
  let text = "";
  return () => {
    const milliseconds = now();
    if (milliseconds !== at) {
      at = milliseconds;
      text = new Date(milliseconds).toISOString();
    }
    return text;
  };
}
