import { randomUUID } from "node:crypto";
import type { Link } from "../signals/link";
import { beatMessage, type Signal } from "../signals/message";
import type { Lease } from "./lease";

/** Milliseconds between heartbeats: under two a second, and a late one still comes before the lease has ended. */
const beatInterval = 550;

/** Milliseconds without a heartbeat of ours after which the link is opened anew. */
const longestSilence = 2500;

export type HeartParts = {
  readonly link: Link;
  readonly lease: Lease;
  /** Sends a message along with a write that is due; false when none is, and it is to be sent by itself. */
  readonly carry: (message: string) => boolean;
};

export type Heart = {
  /** Beats now, as after a new subscription. */
  readonly beat: () => void;
  readonly hear: (signal: Signal) => void;
  readonly stop: () => void;
};

/** Sends this process a heartbeat through Postgres, again and again, and hands those that come back to the lease. */
export function startHeart({ link, lease, carry }: HeartParts): Heart {
  const name = randomUUID();
  let reopenedAt = performance.now();

  function beat(): void {
    const message = beatMessage(name, lease.beat());
    // One that is lost is missed: the lease ends, and the silence below is noticed.
    if (!carry(message)) link.send(message).catch(() => {});
  }

  function beatOrReopen(): void {
    const silence = Math.min(lease.silence(), performance.now() - reopenedAt);
    if (silence < longestSilence) {
      beat();
    } else {
      reopenedAt = performance.now();
      link.reopen();
    }
  }

  const timer = setInterval(beatOrReopen, beatInterval).unref();
  return {
    beat,
    hear: (signal) => {
      if (signal.kind === "beat" && signal.process === name) lease.hear(signal.number);
    },
    stop: () => clearInterval(timer),
  };
}
