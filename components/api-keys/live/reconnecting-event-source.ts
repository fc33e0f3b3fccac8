import { type LiveEvent, parseEvent } from "@/lib/dashboard/live/event";

/** `connecting` says nothing bad: the page has just been opened, or is being looked at again. */
export type LiveState = "connecting" | "live" | "paused";

type ReconnectingEventSourceOptions = {
  readonly url: string;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onState: (state: LiveState) => void;
};

/** The server tells the time every ten seconds: after this long without a word nothing arrives any more. */
const silenceTimeoutMs = 25_000;
/** A stream that ends as it should is followed by another within this, and nobody need know. */
const reconnectGraceMs = 1500;
const minRetryDelayMs = 1000;
const maxRetryDelayMs = 15_000;

/**
 * Keeps a stream of events open while the page is in view. EventSource gives up on a refusal and never notices silence,
 * so each stream is closed at its first fault and another is opened, sooner or later (HTML, "Server-sent events").
 * In a hidden tab there is none: a browser opens six connections to a host and no more. Returns how to stop.
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

  /** A stream lives a few minutes, and ends early when the person's role changed: ask again at once. */
  function reconnect(): void {
    close();
    pausedTimer = setTimeout(() => onState("paused"), reconnectGraceMs);
    reconnectTimer = setTimeout(open, (Math.random() * reconnectGraceMs) / 3);
  }

  function fail(): void {
    close();
    onState("paused");
    const wait = Math.min(maxRetryDelayMs, minRetryDelayMs * 2 ** failures);
    failures += 1;
    // Jitter, so that all pages do not come back to a server that has just started in one moment.
    reconnectTimer = setTimeout(open, wait * (0.5 + Math.random() / 2));
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
