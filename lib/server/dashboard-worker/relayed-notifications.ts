import { parseNotification } from "@/lib/infrastructure/notifications/notification";
import type {
  NotificationHandlers,
  NotificationSource,
} from "@/lib/infrastructure/notifications/notification-listener";
import type { WorkerCommand } from "./worker-messages";

/** Milliseconds between two "lease held" messages, and for how long one of them is valid. */
const leaseIntervalMs = 400;
const leaseTtlMs = 1000;

/**
 * Relays database notifications to another thread, so that a process needs one listener connection only.
 * Heartbeats are not relayed. Returns a function that stops it.
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
 * Notifications that another thread relays. `receive` takes its messages; commands of other kinds are
 * ignored.
 */
export function relayedNotificationSource(): NotificationSource & {
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
