import { Agent, type ClientRequest, get } from "node:http";

export type EventStreams = {
  /** Opens `count` streams, which use the sessions in turn. Waits for the first data of each. */
  readonly open: (count: number) => Promise<void>;
  readonly close: () => void;
  /** The number of streams that the server ended. */
  readonly lost: () => number;
  /** The number of bytes received. */
  readonly bytes: () => number;
};

export type EventStreamsOptions = {
  readonly baseURL: string;
  readonly environment: string;
  /** Values of the Cookie header. */
  readonly sessions: readonly string[];
};

/**
 * Maximum number of streams that are opened at the same time: a burst of new streams is not measured here.
 */
const maxConcurrentOpens = 20;

/** Opens event streams of the API Keys page, as open pages do, and counts the bytes received. */
export function createEventStreams({ baseURL, environment, sessions }: EventStreamsOptions): EventStreams {
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
          reject(new Error(`An event stream got status ${response.statusCode}`));
          request.destroy();
          return;
        }
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          resolve();
        });
        response.on("close", () => {
          // `close` removes a request from the set before it ends the stream.
          if (requests.delete(request)) lost += 1;
        });
      });
      request.on("error", reject);
      requests.add(request);
    });
  }

  return {
    open: async (count) => {
      let started = 0;
      const openInTurn = async () => {
        while (started < count) {
          const cookie = sessions[started % sessions.length] ?? "";
          started += 1;
          await openOne(cookie);
        }
      };
      await Promise.all(Array.from({ length: Math.min(maxConcurrentOpens, count) }, openInTurn));
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
