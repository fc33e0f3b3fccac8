import { Agent, type ClientRequest, get } from "node:http";

export type EventStreams = {
  /** Opens so many, in turn by the sessions given, and waits until each has heard something. */
  readonly open: (number: number) => Promise<void>;
  readonly close: () => void;
  /** Those that the server ended. */
  readonly lost: () => number;
  readonly bytes: () => number;
};

export type EventStreamsOptions = {
  readonly baseURL: string;
  readonly environment: string;
  /** Values of the Cookie header. */
  readonly sessions: readonly string[];
};

/** Opening at once: what a browser's reconnecting crowd would do at worst is no part of what is measured here. */
const maxConcurrentOpens = 20;

/** Event streams of the API Keys page as open pages hold them. What they say is read and counted. */
export function eventStreams({ baseURL, environment, sessions }: EventStreamsOptions): EventStreams {
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
  const url = `${baseURL}/internal/env/${environment}/api-keys/events`;
  const requests = new Set<ClientRequest>();
  let lost = 0;
  let bytes = 0;

  function openOne(cookie: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const headers = { cookie, accept: "text/event-stream" };
      const request = get(url, { agent, headers }, (response) => {
        if (response.statusCode !== 200) {
          reject(new Error(`An event stream was answered with ${response.statusCode}`));
          request.destroy();
          return;
        }
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          resolve();
        });
        response.on("close", () => {
          // A stream that we close ourselves is not in there any more.
          if (requests.delete(request)) lost += 1;
        });
      });
      request.on("error", reject);
      requests.add(request);
    });
  }

  return {
    open: async (number) => {
      let opened = 0;
      const line = async () => {
        while (opened < number) {
          const cookie = sessions[opened % sessions.length] ?? "";
          opened += 1;
          await openOne(cookie);
        }
      };
      await Promise.all(Array.from({ length: Math.min(maxConcurrentOpens, number) }, line));
    },
    close: () => {
      const open = [...requests];
      requests.clear();
      for (const request of open) request.destroy();
    },
    lost: () => lost,
    bytes: () => bytes,
  };
}
