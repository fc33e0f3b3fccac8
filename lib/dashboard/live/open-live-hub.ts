import type { Database } from "@/lib/infrastructure/db/client";
import { log } from "@/lib/infrastructure/log/log";
import type { NotificationSource } from "@/lib/infrastructure/notifications/notification-listener";
import { type Hub, openHub } from "./hub";
import { setLiveHub } from "./process-hub";
import { createLiveQueries } from "./queries";

/**
 * Opens the hub of this process and stores it globally, where the dashboard's route gets it (`getLiveHub`).
 */
export function openLiveHub(notifications: NotificationSource, db: Database): Hub {
  const hub = openHub({
    notifications,
    queries: createLiveQueries(db),
    onFailure: (error) => log().warn({ err: error }, "live update failed"),
  });
  setLiveHub(hub);
  return hub;
}
