import { readSignal } from "@/lib/infrastructure/signals/message";
import type { Hearing, Listener } from "@/lib/infrastructure/signals/signals";
import type { Order } from "./thread-words";

/** Milliseconds between two words that everything is heard, and for how long one holds. */
const sayInterval = 400;
const wordHolds = 1000;

/** Passes on to another thread what this one hears: a process has one ear. Returns how to stop. */
export function passSignals(signals: Hearing, say: (order: Order) => void): () => void {
  const stop = signals.listen({
    onSignal: ({ kind }, message) => {
      if (kind !== "beat") say({ kind: "signal", message });
    },
    onSubscribed: () => say({ kind: "subscribed" }),
    onUnreachable: () => say({ kind: "unreachable" }),
  });
  const sayCurrent = () => {
    if (signals.isCurrent()) say({ kind: "current" });
  };
  sayCurrent();
  const saying = setInterval(sayCurrent, sayInterval).unref();
  return () => {
    stop();
    clearInterval(saying);
  };
}

/** What another thread passes on, to be listened to like signals of one's own. */
export function passedSignals(): Hearing & { readonly take: (order: Order) => void } {
  const listeners = new Set<Listener>();
  let currentAt = Number.NEGATIVE_INFINITY;
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isCurrent: () => performance.now() - currentAt < wordHolds,
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
          const signal = readSignal(order.message);
          if (signal !== null) for (const { onSignal } of listeners) onSignal?.(signal, order.message);
        }
      }
    },
  };
}
