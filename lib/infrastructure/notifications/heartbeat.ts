import { randomUUID } from "node:crypto";
import type { Lease } from "./lease";
import type { ListenerConnection } from "./listener-connection";
import { formatHeartbeat, type Notification } from "./notification";

/**
 * Milliseconds between heartbeats. Fewer than two per second, because every process sends them all the time
 * and each one costs a transaction. Short enough that a heartbeat up to 450 ms late still arrives before the
 * lease expires (`maxStalenessMs`).
 */
const heartbeatIntervalMs = 550;

/** If no heartbeat has been received for this many milliseconds, the listener connection is reopened. */
const maxMsWithoutHeartbeat = 2500;

/**
 * If the database has confirmed no sent heartbeat for this many milliseconds, not even on a new connection,
 * it counts as unreachable.
 */
const maxMsWithoutResponse = 5000;

/** If two consecutive checks are more than this many milliseconds apart, the process was suspended. */
const maxPauseMs = 2 * heartbeatIntervalMs;

/**
 * Milliseconds for which heartbeats are sent alone after one that was sent with a write was not received: while
 * the database is read-only every write fails, and its message with it.
 */
const sentAloneMs = 10_000;

export type HeartbeatDependencies = {
  readonly connection: ListenerConnection;
  /** Whether `connection` listens, so that heartbeats are received. */
  readonly canListen: boolean;
  readonly lease: Lease;
  /**
   * Sends a message together with a database write, if one is due. Returns false if none is due: the
   * heartbeat is then sent alone. Must return false for at least every second heartbeat, because only those
   * sent alone show that the database responds.
   */
  readonly trySendWithWrite: (message: string) => boolean;
  /** Called repeatedly while the database is unreachable. */
  readonly onUnreachable: () => void;
};

export type Heartbeat = {
  /** Sends a heartbeat immediately, for example when the process has started to listen. */
  readonly send: () => void;
  readonly onNotification: (notification: Notification) => void;
  readonly stop: () => void;
};

/**
 * Starts sending heartbeats through PostgreSQL to this process. Records in the lease each one that is sent
 * and each one that is received.
 */
export function startHeartbeat({
  connection,
  canListen,
  lease,
  trySendWithWrite,
  onUnreachable,
}: HeartbeatDependencies): Heartbeat {
  const processUuid = randomUUID();
  let lastResponseAt = performance.now();
  let silenceCountedFrom = performance.now();
  let lastCheckAt = performance.now();
  let numberSentWithWrite: number | null = null;
  let sentAloneUntil = Number.NEGATIVE_INFINITY;

  function sendHeartbeat(): void {
    const number = lease.recordSent();
    const message = formatHeartbeat(processUuid, number);
    if (performance.now() >= sentAloneUntil && trySendWithWrite(message)) {
      numberSentWithWrite = number;
      return;
    }
    connection.send(message).then(
      () => {
        lastResponseAt = performance.now();
      },
      // A lost heartbeat needs no handling: the lease expires, and `checkConnection` reopens the connection.
      () => {},
    );
  }

  function checkConnection(): void {
    const now = performance.now();
    if (now - lastCheckAt > maxPauseMs) {
      // This process was suspended: responses may be waiting to be read, so the connection may be fine.
      lastResponseAt = now;
      silenceCountedFrom = now;
    }
    lastCheckAt = now;
    if (now - lastResponseAt > maxMsWithoutResponse) {
      lastResponseAt = now;
      onUnreachable();
    }
    if (canListen && numberSentWithWrite !== null) sentAloneUntil = now + sentAloneMs;
    numberSentWithWrite = null;
    // Without LISTEN no heartbeat is received, and a response is all that shows a working connection.
    const msSilent = canListen ? lease.msSinceHeartbeat() : now - lastResponseAt;
    // A new connection has the full time to receive its first heartbeat.
    if (Math.min(msSilent, now - silenceCountedFrom) > maxMsWithoutHeartbeat) {
      silenceCountedFrom = now;
      connection.reconnect();
    }
  }

  const timer = setInterval(() => {
    checkConnection();
    sendHeartbeat();
  }, heartbeatIntervalMs).unref();
  return {
    send: sendHeartbeat,
    onNotification: (notification) => {
      if (notification.kind === "heartbeat" && notification.process === processUuid) {
        lease.recordReceived(notification.number);
        if (notification.number === numberSentWithWrite) numberSentWithWrite = null;
      }
    },
    stop: () => clearInterval(timer),
  };
}
