import type { Sql } from "postgres";
import { openPool } from "@/lib/infrastructure/db/client";
import { dropPool } from "@/lib/infrastructure/db/drop-pool";
import { notificationChannel } from "./notification";

export type ListenerConnectionOptions = {
  readonly url: string;
  readonly onMessage: (message: string) => void;
  /** A subscription is new, or resumed after a loss: whatever was told in between never arrives. */
  readonly onSubscribed: () => void;
};

export type ListenerConnection = {
  /** Tells every process, on a connection that nothing else waits for. Rejects when it cannot be sent. */
  readonly send: (message: string) => Promise<void>;
  /** Drops the connections and opens others: for a link that has gone silent. */
  readonly reconnect: () => void;
  readonly close: () => Promise<void>;
};

/** A process's own line to what Postgres tells: one connection that listens, one that sends. */
export function openListenerConnection({
  url,
  onMessage,
  onSubscribed,
}: ListenerConnectionOptions): ListenerConnection {
  let pool = subscribe();

  function subscribe(): Sql {
    const opened = openPool(url, 1);
    const isCurrentPool = () => opened === pool;
    // The driver subscribes again by itself after most losses, and says so each time.
    opened
      .listen(
        notificationChannel,
        (message) => isCurrentPool() && onMessage(message),
        () => isCurrentPool() && onSubscribed(),
      )
      .catch(() => {
        // Not reached: whoever misses the heartbeat asks to reopen.
      });
    return opened;
  }

  return {
    send: async (message) => {
      await pool.notify(notificationChannel, message);
    },
    reconnect: () => {
      const old = pool;
      pool = subscribe();
      void dropPool(old);
    },
    close: () => dropPool(pool),
  };
}
