import type { Database } from "@/lib/infrastructure/db/client";
import { log } from "@/lib/infrastructure/log/log";
import type { NotificationSource } from "@/lib/infrastructure/notifications/notifications";
import { type Hub, openHub } from "./hub";
import { setLiveHub } from "./process-hub";
import { createLiveQueries } from "./queries";

/** Opens the hub of this process, for the dashboard's route to find. */
export function openLiveHub(signals: NotificationSource, db: Database): Hub {
  const hub = openHub({
    notifications: signals,
    queries: createLiveQueries(db),
    onFailure: (error) => log().warn({ err: error }, "live pages could not be told of a change"),
  });
  setLiveHub(hub);
  return hub;
}
