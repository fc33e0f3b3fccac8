/**
 * A clock that writes its time as ISO 8601, as log lines carry it. Many lines fall into one millisecond and share the
 * text, since writing a date out costs as much as the rest of a line.
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
