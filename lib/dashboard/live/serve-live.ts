import type { Database } from "@/lib/infrastructure/db/client";
import { log } from "@/lib/infrastructure/log/log";
import type { Hearing } from "@/lib/infrastructure/signals/signals";
import { type Hub, openHub } from "./hub";
import { publishHub } from "./process-hub";
import { liveReads } from "./reads";

/** Opens the hub of this process, for the dashboard's route to find. */
export function serveLive(signals: Hearing, db: Database): Hub {
  const hub = openHub({
    signals,
    reads: liveReads(db),
    onFailure: (error) => log().warn({ err: error }, "live pages could not be told of a change"),
  });
  publishHub(hub);
  return hub;
}
