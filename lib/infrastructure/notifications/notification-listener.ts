import { startHeartbeat } from "./heartbeat";
import { createLease } from "./lease";
import { openListenerConnection } from "./listener-connection";
import { type Notification, parseNotification } from "./notification";

export type NotificationHandlers = {
  /** `message` is the payload as it was received, for forwarding. */
  readonly onNotification?: (notification: Notification, message: string) => void;
  /**
   * Called each time the process starts or resumes listening. Notifications sent in between are lost: discard
   * cached data.
   */
  readonly onListening?: () => void;
  /** Called repeatedly while not even a new connection reaches the database. */
  readonly onUnreachable?: () => void;
};

export type NotificationSource = {
  /** Adds handlers and returns the function that removes them. */
  readonly subscribe: (handlers: NotificationHandlers) => () => void;
  /**
   * True while the lease is held: the notifications of all changes committed more than `maxStalenessMs` ago
   * have been received, so requests may be authorized from cached data.
   */
  readonly isLeaseHeld: () => boolean;
};

export type NotificationListener = NotificationSource & {
  /**
   * Sets the function through which heartbeats are sent together with database writes. It returns false when
   * no write is due.
   */
  readonly setHeartbeatPiggyback: (trySendWithWrite: (message: string) => boolean) => void;
  readonly close: () => Promise<void>;
};

/**
 * Starts listening to PostgreSQL notifications, with a heartbeat and a lease. Call it once per process: all
 * handlers share the connections and the lease. Without `canListen` nothing is received and the lease is never
 * held; the heartbeats still show whether the database can be reached.
 */
export function openNotificationListener(
  url: string,
  { canListen = true }: { readonly canListen?: boolean } = {},
): NotificationListener {
  const subscriptions = new Set<NotificationHandlers>();
  const lease = createLease();
  // Stays true while the connection is lost: `onListening` is called again when listening resumes.
  let hasListened = false;
  let trySendWithWrite = (_: string) => false;

  const connection = openListenerConnection({
    url,
    canListen,
    onMessage: (message) => {
      const notification = parseNotification(message);
      if (notification === null) return;
      for (const { onNotification } of subscriptions) onNotification?.(notification, message);
      heartbeat.onNotification(notification);
    },
    onListening: () => {
      hasListened = true;
      // Caches are cleared before the lease can be held again.
      for (const { onListening } of subscriptions) onListening?.();
      lease.reset();
      heartbeat.send();
    },
  });
  const heartbeat = startHeartbeat({
    connection,
    canListen,
    lease,
    trySendWithWrite: (message) => trySendWithWrite(message),
    onUnreachable: () => {
      for (const { onUnreachable } of subscriptions) onUnreachable?.();
    },
  });

  return {
    subscribe: (handlers) => {
      subscriptions.add(handlers);
      // Handlers added after the start have missed the first call.
      if (hasListened) handlers.onListening?.();
      return () => subscriptions.delete(handlers);
    },
    isLeaseHeld: lease.isHeld,
    setHeartbeatPiggyback: (sendWithWrite) => {
      trySendWithWrite = sendWithWrite;
    },
    close: () => {
      heartbeat.stop();
      subscriptions.clear();
      return connection.close();
    },
  };
}
