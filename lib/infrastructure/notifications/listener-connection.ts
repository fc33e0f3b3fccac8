import type { Sql } from "postgres";
import { openPool } from "@/lib/infrastructure/db/client";
import { dropPool } from "@/lib/infrastructure/db/drop-pool";
import { notificationChannel } from "./notification";

export type ListenerConnectionOptions = {
  readonly url: string;
  readonly onMessage: (message: string) => void;
  /** Called on each new or resumed subscription. Notifications sent while it was lost never arrive. */
  readonly onSubscribed: () => void;
};

export type ListenerConnection = {
  /** Sends a notification to every process, on a connection of its own. Rejects when it cannot be sent. */
  readonly send: (message: string) => Promise<void>;
  /** Drops the connections and opens new ones. For a connection that has gone silent. */
  readonly reconnect: () => void;
  readonly close: () => Promise<void>;
};

/** Opens a process's connections for PostgreSQL notifications: one that listens, one that sends. */
export function openListenerConnection({
  url,
  onMessage,
  onSubscribed,
}: ListenerConnectionOptions): ListenerConnection {
  let pool = subscribe();

  function subscribe(): Sql {
    const opened = openPool(url, 1);
    const isCurrentPool = () => opened === pool;
    // The driver resubscribes by itself after most connection losses and calls the third argument each time.
    opened
      .listen(
        notificationChannel,
        (message) => isCurrentPool() && onMessage(message),
        () => isCurrentPool() && onSubscribed(),
      )
      .catch(() => {
        // The database is unreachable. The heartbeat notices the silence and calls `reconnect`.
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
