import { randomUUID } from "node:crypto";
import type { Lease } from "./lease";
import type { ListenerConnection } from "./listener-connection";
import { formatHeartbeat, type Notification } from "./notification";

/**
 * Milliseconds between heartbeats: under two a second, and a late one still arrives before the lease expires.
 */
const heartbeatIntervalMs = 550;

/** Milliseconds without a received heartbeat after which the listener connection is reopened. */
const maxSilenceMs = 2500;

/**
 * Milliseconds without any response, even on a new connection, after which the database counts as
 * unreachable.
 */
const maxUnansweredMs = 5000;

/** Milliseconds between two checks above which this process or its thread must have been suspended. */
const maxPauseMs = 2 * heartbeatIntervalMs;

export type HeartbeatDependencies = {
  readonly connection: ListenerConnection;
  readonly lease: Lease;
  /**
   * Sends a message with a database write that is due. False when no write is due: the message is then sent
   * alone.
   */
  readonly piggyback: (message: string) => boolean;
  /** Called repeatedly while the database is unreachable. */
  readonly onUnreachable: () => void;
};

export type Heartbeat = {
  /** Sends a heartbeat immediately, for example after a new subscription. */
  readonly send: () => void;
  readonly onNotification: (notification: Notification) => void;
  readonly stop: () => void;
};

/**
 * Starts sending heartbeats through PostgreSQL to this process. Reports each one that comes back to the
 * lease.
 */
export function startHeartbeat({
  connection,
  lease,
  piggyback,
  onUnreachable,
}: HeartbeatDependencies): Heartbeat {
  const processId = randomUUID();
  let lastAnswerAt = performance.now();
  let lastReconnectAt = performance.now();
  let lastCheckAt = performance.now();

  function sendHeartbeat(): void {
    const message = formatHeartbeat(processId, lease.heartbeatSent());
    if (piggyback(message)) return;
    connection.send(message).then(
      () => {
        lastAnswerAt = performance.now();
      },
      // A lost heartbeat needs no handling: the lease expires and `checkConnection` detects the silence.
      () => {},
    );
  }

  function checkConnection(): void {
    const now = performance.now();
    if (now - lastCheckAt > maxPauseMs) {
      // This process was suspended: responses may be waiting to be read, so the connection may be fine.
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
    sendHeartbeat();
  }

  const timer = setInterval(checkConnection, heartbeatIntervalMs).unref();
  return {
    send: sendHeartbeat,
    onNotification: (notification) => {
      if (notification.kind === "heartbeat" && notification.process === processId) {
        lease.heartbeatReceived(notification.number);
      }
    },
    stop: () => clearInterval(timer),
  };
}
