import { parseNotification } from "@/lib/infrastructure/notifications/notification";
import type {
  NotificationHandlers,
  NotificationSource,
} from "@/lib/infrastructure/notifications/notification-listener";
import type { WorkerCommand } from "./worker-messages";

/** Milliseconds between two "lease held" messages. */
const leaseIntervalMs = 400;
/**
 * Milliseconds for which a "lease held" message is valid. Longer than two intervals, so that one may be late.
 */
const leaseTtlMs = 1000;

/**
 * Relays database notifications to another thread, so that a process needs only one listener connection.
 * Heartbeats are not relayed, because only the lease needs them. Returns a function that stops the relay.
 */
export function relayNotifications(
  notifications: NotificationSource,
  send: (command: WorkerCommand) => void,
): () => void {
  const unsubscribe = notifications.subscribe({
    onNotification: ({ kind }, message) => {
      if (kind !== "heartbeat") send({ kind: "notification", message });
    },
    onListening: () => send({ kind: "listening" }),
    onUnreachable: () => send({ kind: "unreachable" }),
  });
  const sendLease = () => {
    if (notifications.isLeaseHeld()) send({ kind: "lease held" });
  };
  sendLease();
  const timer = setInterval(sendLease, leaseIntervalMs).unref();
  return () => {
    unsubscribe();
    clearInterval(timer);
  };
}

/**
 * Creates the source of the notifications that another thread relays. Pass every message of that thread to
 * `receive`, which ignores commands of other kinds.
 */
export function createRelayedNotificationSource(): NotificationSource & {
  readonly receive: (command: WorkerCommand) => void;
} {
  const subscribers = new Set<NotificationHandlers>();
  let leaseReceivedAt = Number.NEGATIVE_INFINITY;
  return {
    subscribe: (handlers) => {
      subscribers.add(handlers);
      return () => subscribers.delete(handlers);
    },
    isLeaseHeld: () => performance.now() - leaseReceivedAt < leaseTtlMs,
    receive: (command) => {
      switch (command.kind) {
        case "lease held":
          leaseReceivedAt = performance.now();
          break;
        case "listening":
          for (const { onListening } of subscribers) onListening?.();
          break;
        case "unreachable":
          for (const { onUnreachable } of subscribers) onUnreachable?.();
          break;
        case "notification": {
          const notification = parseNotification(command.message);
          if (notification === null) break;
          for (const { onNotification } of subscribers) onNotification?.(notification, command.message);
        }
      }
    },
  };
}
