import { startHeartbeat } from "./heartbeat";
import { openLease } from "./lease";
import { openListenerConnection } from "./listener-connection";
import { type Notification, parseNotification } from "./notification";

export type NotificationHandlers = {
  /** `message` is the signal as it was told, for who passes it on. */
  readonly onNotification?: (signal: Notification, message: string) => void;
  /** A subscription is new, or resumed after a loss: whatever was told in between never arrives. */
  readonly onSubscribed?: () => void;
  /** Not even a new connection reaches the database; said again and again while that is so. */
  readonly onUnreachable?: () => void;
};

export type NotificationSource = {
  /** Returns how to stop. A listener that comes after the subscription is told of it at once. */
  readonly subscribe: (listener: NotificationHandlers) => () => void;
  /** Has everything been heard that was committed up to a second ago? Only then may memory decide. */
  readonly isLeaseHeld: () => boolean;
};

export type Notifications = NotificationSource & {
  /** Lets heartbeats ride on a write that is due; `carry` says false when none is. */
  readonly piggybackHeartbeats: (carry: (message: string) => boolean) => void;
  readonly close: () => Promise<void>;
};

/** What Postgres tells this process, and the proof that it hears: one per process. */
export function openNotifications(url: string): Notifications {
  const subscribers = new Set<NotificationHandlers>();
  const lease = openLease();
  let isSubscribed = false;
  let piggyback = (_: string) => false;

  const connection = openListenerConnection({
    url,
    onMessage: (message) => {
      const signal = parseNotification(message);
      if (signal === null) return;
      for (const { onNotification } of subscribers) onNotification?.(signal, message);
      heartbeat.onNotification(signal);
    },
    onSubscribed: () => {
      isSubscribed = true;
      // First everybody forgets, then heartbeats count again.
      for (const { onSubscribed } of subscribers) onSubscribed?.();
      lease.reset();
      heartbeat.send();
    },
  });
  const heartbeat = startHeartbeat({
    connection,
    lease,
    piggyback: (message) => piggyback(message),
    onUnreachable: () => {
      for (const { onUnreachable } of subscribers) onUnreachable?.();
    },
  });

  return {
    subscribe: (listener) => {
      subscribers.add(listener);
      if (isSubscribed) listener.onSubscribed?.();
      return () => subscribers.delete(listener);
    },
    isLeaseHeld: lease.isHeld,
    piggybackHeartbeats: (rider) => {
      piggyback = rider;
    },
    close: () => {
      heartbeat.stop();
      subscribers.clear();
      return connection.close();
    },
  };
}
