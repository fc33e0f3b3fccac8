import { type LiveEvent, parseEvent } from "@/lib/dashboard/live/event";

/**
 * `connecting`: the page was just opened or became visible again. `live`: a stream delivers events.
 * `retrying`: there is no working stream, and a new one is being opened.
 */
export type LiveState = "connecting" | "live" | "retrying";

type ReconnectingEventSourceOptions = {
  readonly url: string;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onState: (state: LiveState) => void;
};

/**
 * A stream without an event for this long counts as broken. The server sends a time event every ten seconds.
 */
const silenceTimeoutMs = 25_000;
/** How long a stream that ended may take to deliver an event again before `retrying` is reported. */
const reconnectGraceMs = 1500;
/** The longest wait before a stream that ended is reopened: short enough to stay within the grace. */
const maxReopenDelayMs = 500;
/** The wait after a failure. It doubles with each further failure, up to the maximum. */
const minRetryDelayMs = 1000;
const maxRetryDelayMs = 15_000;

/**
 * Keeps an event stream open while the page is visible. EventSource gives up when the response has an error
 * status (HTML Standard, "Server-sent events"), and it does not notice a connection that stays silent. Each
 * stream is therefore closed at its first error, or after `silenceTimeoutMs` without an event, and a new one
 * is opened. A hidden page has no stream, because over HTTP/1.1 a browser opens at most six connections to a
 * host. Returns a function that closes the stream for good.
 */
export function openReconnectingEventSource({
  url,
  onEvent,
  onState,
}: ReconnectingEventSourceOptions): () => void {
  let source: EventSource | null = null;
  let failures = 0;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  let graceTimer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    const newSource = new EventSource(url);
    source = newSource;
    let hasReceivedEvent = false;
    newSource.onmessage = ({ data }) => {
      restartSilenceTimer();
      const event = parseEvent(String(data));
      if (event !== null) onEvent(event);
      if (hasReceivedEvent) return;
      hasReceivedEvent = true;
      failures = 0;
      clearTimeout(graceTimer);
      onState("live");
    };
    // EventSource reports the end of a stream as an error too. After a first event, assume a normal end.
    newSource.onerror = () => (hasReceivedEvent ? reopen() : retryLater());
    restartSilenceTimer();
  }

  function restartSilenceTimer(): void {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(retryLater, silenceTimeoutMs);
  }

  /**
   * Reopens a stream that had worked. The server ends each stream after some minutes and when the member's
   * role changes. A lost connection looks the same here.
   */
  function reopen(): void {
    close();
    graceTimer = setTimeout(() => onState("retrying"), reconnectGraceMs);
    // Random, so that not all pages reconnect to a restarted server at the same moment.
    reconnectTimer = setTimeout(open, Math.random() * maxReopenDelayMs);
  }

  /** Closes a stream that has not worked or has fallen silent, and opens a new one after a wait. */
  function retryLater(): void {
    close();
    onState("retrying");
    const delayMs = Math.min(maxRetryDelayMs, minRetryDelayMs * 2 ** failures);
    failures += 1;
    // Random, as in `reopen`.
    reconnectTimer = setTimeout(open, delayMs * (0.5 + Math.random() / 2));
  }

  function close(): void {
    source?.close();
    source = null;
    clearTimeout(silenceTimer);
    clearTimeout(reconnectTimer);
    clearTimeout(graceTimer);
  }

  function restartIfVisible(): void {
    close();
    if (document.visibilityState === "hidden") return;
    failures = 0;
    onState("connecting");
    open();
  }

  document.addEventListener("visibilitychange", restartIfVisible);
  restartIfVisible();
  return () => {
    document.removeEventListener("visibilitychange", restartIfVisible);
    close();
  };
}
