import { type LiveEvent, parseEvent } from "@/lib/dashboard/live/event";

/**
 * `connecting`: the page was just opened or became visible again. `paused`: the stream failed and is retried.
 */
export type LiveState = "connecting" | "live" | "paused";

type ReconnectingEventSourceOptions = {
  readonly url: string;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onState: (state: LiveState) => void;
};

/** The server sends its time every ten seconds; a stream without events for this long is dead. */
const silenceTimeoutMs = 25_000;
/** After a regular end the stream is reopened within this time without showing `paused`. */
const reconnectGraceMs = 1500;
const minRetryDelayMs = 1000;
const maxRetryDelayMs = 15_000;

/**
 * Keeps an event stream open while the page is visible. EventSource gives up on an error status and does not
 * detect a silent connection, so each stream is closed at its first error and a new one is opened (HTML,
 * "Server-sent events"). A hidden page has no stream, because a browser opens at most six connections to a
 * host. Returns a function that stops.
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
  let pausedTimer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    const opened = new EventSource(url);
    source = opened;
    let hasReceived = false;
    opened.onmessage = ({ data }) => {
      restartSilenceTimer();
      const event = parseEvent(String(data));
      if (event !== null) onEvent(event);
      if (hasReceived) return;
      hasReceived = true;
      failures = 0;
      clearTimeout(pausedTimer);
      onState("live");
    };
    opened.onerror = () => (hasReceived ? reconnect() : fail());
    restartSilenceTimer();
  }

  function restartSilenceTimer(): void {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(fail, silenceTimeoutMs);
  }

  /** Reopens a stream that ended regularly: after its lifetime, or because the member's role changed. */
  function reconnect(): void {
    close();
    pausedTimer = setTimeout(() => onState("paused"), reconnectGraceMs);
    reconnectTimer = setTimeout(open, (Math.random() * reconnectGraceMs) / 3);
  }

  function fail(): void {
    close();
    onState("paused");
    const delayMs = Math.min(maxRetryDelayMs, minRetryDelayMs * 2 ** failures);
    failures += 1;
    // Jitter, so that not all pages reconnect to a restarted server in the same moment.
    reconnectTimer = setTimeout(open, delayMs * (0.5 + Math.random() / 2));
  }

  function close(): void {
    source?.close();
    source = null;
    clearTimeout(silenceTimer);
    clearTimeout(reconnectTimer);
    clearTimeout(pausedTimer);
  }

  function followVisibility(): void {
    close();
    if (document.visibilityState === "hidden") return;
    failures = 0;
    onState("connecting");
    open();
  }

  document.addEventListener("visibilitychange", followVisibility);
  followVisibility();
  return () => {
    document.removeEventListener("visibilitychange", followVisibility);
    close();
  };
}
