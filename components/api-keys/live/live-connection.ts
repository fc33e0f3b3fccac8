import type { QueryClient } from "@tanstack/react-query";
import type { Clock } from "@/components/time/clock";
import { openListUpdater } from "./live-list-updater";
import { type LiveState, openReconnectingEventSource } from "./reconnecting-event-source";

type LiveConnectionOptions = {
  readonly client: QueryClient;
  readonly clock: Clock;
  readonly environment: string;
  readonly onState: (state: LiveState) => void;
  readonly onAnnouncement: (words: string) => void;
};

/** Connects the list and the clock with what the server tells. Returns how to stop. */
export function connectLiveUpdates({
  client,
  clock,
  environment,
  onState,
  onAnnouncement,
}: LiveConnectionOptions): () => void {
  const inbox = openListUpdater({ client, environment, onAnnouncement });
  const closeStream = openReconnectingEventSource({
    url: `/internal/env/${environment}/api-keys/events`,
    onState,
    onEvent: (event) => {
      if (event.kind === "time") clock.sync(event.serverTime);
      inbox.handleEvent(event);
    },
  });
  return () => {
    closeStream();
    inbox.close();
  };
}
