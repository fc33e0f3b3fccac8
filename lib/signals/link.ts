import type { Sql } from "postgres";
import { openPool } from "../db/client";
import { channel, readSignal, type Signal } from "./message";

export type Listener = {
  readonly onSignal: (signal: Signal) => void;
  /** A subscription is new, or resumed after a loss: whatever was told in between never arrives. */
  readonly onSubscribed: () => void;
};

export type Link = {
  /** Returns how to stop. A listener that comes after the subscription is told of it at once. */
  readonly listen: (listener: Listener) => () => void;
  /** Tells every process, on a connection that nothing else waits for. Rejects when it cannot be sent. */
  readonly send: (message: string) => Promise<void>;
  /** Drops the connections and opens others: for a link that has gone silent. */
  readonly reopen: () => void;
  readonly close: () => Promise<void>;
};

/** The process's own line to what Postgres tells: one connection that listens, one that sends. */
export function openLink(url: string): Link {
  const listeners = new Set<Listener>();
  let isSubscribed = false;
  let pool = subscribe();

  function subscribe(): Sql {
    const opened = openPool(url, 1);
    // The driver subscribes again by itself after most losses, and says so each time.
    opened
      .listen(
        channel,
        (message) => opened === pool && hear(message),
        () => {
          if (opened !== pool) return;
          isSubscribed = true;
          for (const { onSubscribed } of listeners) onSubscribed();
        },
      )
      .catch(() => {
        // Not reached: whoever misses the heartbeat asks to reopen.
      });
    return opened;
  }

  function hear(message: string): void {
    const signal = readSignal(message);
    if (signal === null) return;
    for (const { onSignal } of listeners) onSignal(signal);
  }

  function drop(dropped: Sql): Promise<void> {
    return dropped.end({ timeout: 0 }).catch(() => {});
  }

  return {
    listen: (listener) => {
      listeners.add(listener);
      if (isSubscribed) listener.onSubscribed();
      return () => listeners.delete(listener);
    },
    send: async (message) => {
      await pool.notify(channel, message);
    },
    reopen: () => {
      const old = pool;
      isSubscribed = false;
      pool = subscribe();
      void drop(old);
    },
    close: () => {
      listeners.clear();
      return drop(pool);
    },
  };
}
