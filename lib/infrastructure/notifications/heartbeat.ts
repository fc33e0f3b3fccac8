import { randomUUID } from "node:crypto";
import type { Lease } from "./lease";
import type { ListenerConnection } from "./listener-connection";
import { formatHeartbeat, type Notification } from "./notification";

/** Milliseconds between heartbeats: under two a second, and a late one still comes before the lease has ended. */
const heartbeatIntervalMs = 550;

/** Milliseconds without a heartbeat of ours after which the link is opened anew. */
const maxSilenceMs = 2500;

/** Milliseconds for which not even a new connection was answered: the database cannot be reached. */
const maxUnansweredMs = 5000;

/** Milliseconds between two looks after which this process, or its thread, must have been stopped. */
const maxPauseMs = 2 * heartbeatIntervalMs;

export type HeartbeatDependencies = {
  readonly connection: ListenerConnection;
  readonly lease: Lease;
  /** Sends a message along with a write that is due; false when none is, and it is to be sent by itself. */
  readonly piggyback: (message: string) => boolean;
  /** Called again and again while the database cannot be reached. */
  readonly onUnreachable: () => void;
};

export type Heartbeat = {
  /** Beats now, as after a new subscription. */
  readonly send: () => void;
  readonly onNotification: (signal: Notification) => void;
  readonly stop: () => void;
};

/** Sends this process a heartbeat through Postgres, again and again, and hands those that come back to the lease. */
export function startHeartbeat({
  connection,
  lease,
  piggyback,
  onUnreachable,
}: HeartbeatDependencies): Heartbeat {
  const name = randomUUID();
  let lastAnswerAt = performance.now();
  let lastReconnectAt = performance.now();
  let lastCheckAt = performance.now();

  function beat(): void {
    const message = formatHeartbeat(name, lease.heartbeatSent());
    if (piggyback(message)) return;
    connection.send(message).then(
      () => {
        lastAnswerAt = performance.now();
      },
      // One that is lost is missed: the lease ends, and the silence is noticed.
      () => {},
    );
  }

  function checkConnection(): void {
    const now = performance.now();
    if (now - lastCheckAt > maxPauseMs) {
      // It was we who stood still: answers may wait to be read, and say nothing against the link.
      lastAnswerAt = now;
      lastReconnectAt = now;
    }
    lastCheckAt = now;
    if (now - lastAnswerAt > maxUnansweredMs) {
      lastAnswerAt = now;
      onUnreachable();
    }
    if (Math.min(lease.msSinceHeartbeat(), now - lastReconnectAt) > maxSilenceMs) {
      lastReconnectAt = now;
      connection.reconnect();
    }
    beat();
  }

  const timer = setInterval(checkConnection, heartbeatIntervalMs).unref();
  return {
    send: beat,
    onNotification: (signal) => {
      if (signal.kind === "beat" && signal.process === name) lease.heartbeatReceived(signal.number);
    },
    stop: () => clearInterval(timer),
  };
}
