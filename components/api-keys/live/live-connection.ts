import type { QueryClient } from "@tanstack/react-query";
import type { Clock } from "@/components/time/clock";
import { createLiveListUpdater } from "./live-list-updater";
import { type LiveState, openReconnectingEventSource } from "./reconnecting-event-source";

type LiveConnectionOptions = {
  readonly client: QueryClient;
  readonly clock: Clock;
  readonly environment: string;
  readonly onState: (state: LiveState) => void;
  readonly onAnnouncement: (text: string) => void;
};

/** Updates the list and the clock from the event stream. Returns a function that stops the updates. */
export function connectLiveUpdates({
  client,
  clock,
  environment,
  onState,
  onAnnouncement,
}: LiveConnectionOptions): () => void {
  const updater = createLiveListUpdater({ client, environment, onAnnouncement });
  const closeStream = openReconnectingEventSource({
    url: `/internal/env/${environment}/api-keys/events`,
    onState,
    onEvent: (event) => {
      if (event.kind === "time") clock.sync(event.serverTime);
      updater.handleEvent(event);
    },
  });
  return () => {
    closeStream();
    updater.close();
  };
}
