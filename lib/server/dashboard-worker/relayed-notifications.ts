import { parseNotification } from "@/lib/infrastructure/notifications/notification";
import type {
  NotificationHandlers,
  NotificationSource,
} from "@/lib/infrastructure/notifications/notifications";
import type { WorkerCommand } from "./worker-messages";

/** Milliseconds between two words that everything is heard, and for how long one holds. */
const currentIntervalMs = 400;
const currentTtlMs = 1000;

/** Passes on to another thread what this one hears: a process has one ear. Returns how to stop. */
export function relayNotifications(
  signals: NotificationSource,
  say: (order: WorkerCommand) => void,
): () => void {
  const stop = signals.subscribe({
    onNotification: ({ kind }, message) => {
      if (kind !== "beat") say({ kind: "signal", message });
    },
    onSubscribed: () => say({ kind: "subscribed" }),
    onUnreachable: () => say({ kind: "unreachable" }),
  });
  const sayCurrent = () => {
    if (signals.isLeaseHeld()) say({ kind: "current" });
  };
  sayCurrent();
  const saying = setInterval(sayCurrent, currentIntervalMs).unref();
  return () => {
    stop();
    clearInterval(saying);
  };
}

/** What another thread passes on, to be listened to like signals of one's own. */
export function relayedNotificationSource(): NotificationSource & {
  readonly take: (order: WorkerCommand) => void;
} {
  const listeners = new Set<NotificationHandlers>();
  let currentAt = Number.NEGATIVE_INFINITY;
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isLeaseHeld: () => performance.now() - currentAt < currentTtlMs,
    take: (order) => {
      switch (order.kind) {
        case "current":
          currentAt = performance.now();
          break;
        case "subscribed":
          for (const { onSubscribed } of listeners) onSubscribed?.();
          break;
        case "unreachable":
          for (const { onUnreachable } of listeners) onUnreachable?.();
          break;
        case "signal": {
          const signal = parseNotification(order.message);
          if (signal !== null)
            for (const { onNotification } of listeners) onNotification?.(signal, order.message);
        }
      }
    },
  };
}
