import type { QueryClient } from "@tanstack/react-query";
import type { Clock } from "@/components/time/clock";
import { openInbox } from "./live-inbox";
import { type LiveState, openLiveStream } from "./live-stream";

type LiveConnectionParts = {
  readonly client: QueryClient;
  readonly clock: Clock;
  readonly environment: string;
  readonly onState: (state: LiveState) => void;
  readonly onNews: (words: string) => void;
};

/** Connects the list and the clock with what the server tells. Returns how to stop. */
export function connectLive({
  client,
  clock,
  environment,
  onState,
  onNews,
}: LiveConnectionParts): () => void {
  const inbox = openInbox({ client, environment, onNews });
  const closeStream = openLiveStream({
    url: `/internal/env/${environment}/api-keys/events`,
    onState,
    onEvent: (event) => {
      if (event.kind === "time") clock.sync(event.serverTime);
      inbox.take(event);
    },
  });
  return () => {
    closeStream();
    inbox.close();
  };
}
