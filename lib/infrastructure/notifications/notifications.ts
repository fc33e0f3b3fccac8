import { startHeartbeat } from "./heartbeat";
import { openLease } from "./lease";
import { openListenerConnection } from "./listener-connection";
import { type Notification, parseNotification } from "./notification";

export type NotificationHandlers = {
  /** `message` is the payload as it was received, for forwarding. */
  readonly onNotification?: (notification: Notification, message: string) => void;
  /** Called on each new or resumed subscription. Notifications sent while it was lost never arrive. */
  readonly onSubscribed?: () => void;
  /** Called repeatedly while not even a new connection reaches the database. */
  readonly onUnreachable?: () => void;
};

export type NotificationSource = {
  /**
   * Adds a subscriber and returns the function that removes it. Calls `onSubscribed` before returning if the
   * subscription already exists.
   */
  readonly subscribe: (handlers: NotificationHandlers) => () => void;
  /**
   * True while the lease is held: every commit older than `maxStalenessMs` has been received, so cached data
   * may decide.
   */
  readonly isLeaseHeld: () => boolean;
};

export type Notifications = NotificationSource & {
  /** Sends heartbeats with database writes that are due. `piggyback` returns false when no write is due. */
  readonly piggybackHeartbeats: (piggyback: (message: string) => boolean) => void;
  readonly close: () => Promise<void>;
};

/**
 * Opens this process's subscription to PostgreSQL notifications, with its heartbeat and lease. One per
 * process.
 */
export function openNotifications(url: string): Notifications {
  const subscribers = new Set<NotificationHandlers>();
  const lease = openLease();
  let isSubscribed = false;
  let piggyback = (_: string) => false;

  const connection = openListenerConnection({
    url,
    onMessage: (message) => {
      const notification = parseNotification(message);
      if (notification === null) return;
      for (const { onNotification } of subscribers) onNotification?.(notification, message);
      heartbeat.onNotification(notification);
    },
    onSubscribed: () => {
      isSubscribed = true;
      // Subscribers clear their caches before the lease can be granted again.
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
    subscribe: (handlers) => {
      subscribers.add(handlers);
      if (isSubscribed) handlers.onSubscribed?.();
      return () => subscribers.delete(handlers);
    },
    isLeaseHeld: lease.isHeld,
    piggybackHeartbeats: (sendWithWrite) => {
      piggyback = sendWithWrite;
    },
    close: () => {
      heartbeat.stop();
      subscribers.clear();
      return connection.close();
    },
  };
}
