import { type LiveEvent, readEvent } from "@/lib/dashboard/live/event";

/** `connecting` says nothing bad: the page has just been opened, or is being looked at again. */
export type LiveState = "connecting" | "live" | "paused";

type LiveStreamOptions = {
  readonly url: string;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onState: (state: LiveState) => void;
};

/** The server tells the time every ten seconds: after this long without a word nothing arrives any more. */
const silenceMilliseconds = 25_000;
/** A stream that ends as it should is followed by another within this, and nobody need know. */
const handoverMilliseconds = 1500;
const shortestWait = 1000;
const longestWait = 15_000;

/**
 * Keeps a stream of events open while the page is in view. EventSource gives up on a refusal and never notices silence,
 * so each stream is closed at its first fault and another is opened, sooner or later (HTML, "Server-sent events").
 * In a hidden tab there is none: a browser opens six connections to a host and no more. Returns how to stop.
 */
export function openLiveStream({ url, onEvent, onState }: LiveStreamOptions): () => void {
  let source: EventSource | null = null;
  let failures = 0;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let next: ReturnType<typeof setTimeout> | undefined;
  let handover: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    const opened = new EventSource(url);
    source = opened;
    let hasSpoken = false;
    opened.onmessage = ({ data }) => {
      listenOn();
      const event = readEvent(String(data));
      if (event !== null) onEvent(event);
      if (hasSpoken) return;
      hasSpoken = true;
      failures = 0;
      clearTimeout(handover);
      onState("live");
    };
    opened.onerror = () => (hasSpoken ? handOver() : fail());
    listenOn();
  }

  function listenOn(): void {
    clearTimeout(silence);
    silence = setTimeout(fail, silenceMilliseconds);
  }

  /** A stream lives a few minutes, and ends early when the person's role changed: ask again at once. */
  function handOver(): void {
    close();
    handover = setTimeout(() => onState("paused"), handoverMilliseconds);
    next = setTimeout(open, (Math.random() * handoverMilliseconds) / 3);
  }

  function fail(): void {
    close();
    onState("paused");
    const wait = Math.min(longestWait, shortestWait * 2 ** failures);
    failures += 1;
    // Jitter, so that all pages do not come back to a server that has just started in one moment.
    next = setTimeout(open, wait * (0.5 + Math.random() / 2));
  }

  function close(): void {
    source?.close();
    source = null;
    clearTimeout(silence);
    clearTimeout(next);
    clearTimeout(handover);
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
