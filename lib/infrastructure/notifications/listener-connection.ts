import type { Sql } from "postgres";
import { openPool } from "@/lib/infrastructure/db/client";
import { dropPool } from "@/lib/infrastructure/db/drop-pool";
import { notificationChannel } from "./notification";

export type ListenerConnectionOptions = {
  readonly url: string;
  /** Whether to subscribe. False behind a pooler in transaction mode, where LISTEN is lost with the transaction. */
  readonly canListen: boolean;
  readonly onMessage: (message: string) => void;
  /** Called each time the process starts or resumes listening. Notifications sent in between are lost. */
  readonly onListening: () => void;
};

export type ListenerConnection = {
  /**
   * Sends a notification to every process, this one included. Uses a connection other than the one that
   * listens. Rejects when it cannot be sent.
   */
  readonly send: (message: string) => Promise<void>;
  /** Drops both connections and opens new ones. For a connection that no longer receives anything. */
  readonly reconnect: () => void;
  readonly close: () => Promise<void>;
};

/** Opens a process's connections for PostgreSQL notifications: one that listens, one that sends. */
export function openListenerConnection({
  url,
  canListen,
  onMessage,
  onListening,
}: ListenerConnectionOptions): ListenerConnection {
  let pool = listen();

  function listen(): Sql {
    const newPool = openPool(url, 1);
    if (!canListen) return newPool;
    const isCurrentPool = () => newPool === pool;
    // The driver listens again by itself after most connection losses and calls the third argument each time.
    newPool
      .listen(
        notificationChannel,
        (message) => isCurrentPool() && onMessage(message),
        () => isCurrentPool() && onListening(),
      )
      .catch(() => {
        // The database is unreachable. `startHeartbeat` receives no heartbeat and calls `reconnect`.
      });
    return newPool;
  }

  return {
    send: async (message) => {
      await pool.notify(notificationChannel, message);
    },
    reconnect: () => {
      const old = pool;
      pool = listen();
      void dropPool(old);
    },
    close: () => dropPool(pool),
  };
}
