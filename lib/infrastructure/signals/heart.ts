import { randomUUID } from "node:crypto";
import type { Lease } from "./lease";
import type { Link } from "./link";
import { beatMessage, type Signal } from "./message";

/** Milliseconds between heartbeats: under two a second, and a late one still comes before the lease has ended. */
const beatInterval = 550;

/** Milliseconds without a heartbeat of ours after which the link is opened anew. */
const longestSilence = 2500;

/** Milliseconds for which not even a new connection was answered: the database cannot be reached. */
const longestUnanswered = 5000;

/** Milliseconds between two looks after which this process, or its thread, must have been stopped. */
const longestPause = 2 * beatInterval;

export type HeartParts = {
  readonly link: Link;
  readonly lease: Lease;
  /** Sends a message along with a write that is due; false when none is, and it is to be sent by itself. */
  readonly carry: (message: string) => boolean;
  /** Called again and again while the database cannot be reached. */
  readonly onUnreachable: () => void;
};

export type Heart = {
  /** Beats now, as after a new subscription. */
  readonly beat: () => void;
  readonly hear: (signal: Signal) => void;
  readonly stop: () => void;
};

/** Sends this process a heartbeat through Postgres, again and again, and hands those that come back to the lease. */
export function startHeart({ link, lease, carry, onUnreachable }: HeartParts): Heart {
  const name = randomUUID();
  let answeredAt = performance.now();
  let reopenedAt = performance.now();
  let watchedAt = performance.now();

  function beat(): void {
    const message = beatMessage(name, lease.beat());
    if (carry(message)) return;
    link.send(message).then(
      () => {
        answeredAt = performance.now();
      },
      // One that is lost is missed: the lease ends, and the silence is noticed.
      () => {},
    );
  }

  function watch(): void {
    const now = performance.now();
    if (now - watchedAt > longestPause) {
      // It was we who stood still: answers may wait to be read, and say nothing against the link.
      answeredAt = now;
      reopenedAt = now;
    }
    watchedAt = now;
    if (now - answeredAt > longestUnanswered) {
      answeredAt = now;
      onUnreachable();
    }
    if (Math.min(lease.silence(), now - reopenedAt) > longestSilence) {
      reopenedAt = now;
      link.reopen();
    }
    beat();
  }

  const timer = setInterval(watch, beatInterval).unref();
  return {
    beat,
    hear: (signal) => {
      if (signal.kind === "beat" && signal.process === name) lease.hear(signal.number);
    },
    stop: () => clearInterval(timer),
  };
}
