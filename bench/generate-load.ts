import autocannon from "autocannon";

export type LoadOptions = { readonly connections: number; readonly seconds: number };

export type LoadResult = {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Latency measured by the client. */
  readonly p99Milliseconds: number;
};

/**
 * Sends GET requests with an API key as fast as possible, one after the other on each connection. Throws if a
 * response has a status other than `status`, because the result would measure something else.
 */
export async function generateLoad(
  url: string,
  key: string,
  status: number,
  { connections, seconds }: LoadOptions,
): Promise<LoadResult> {
  const stopBusyLoop = keepEventLoopBusy();
  const result = await autocannon({
    url,
    headers: { authorization: `Bearer ${key}`, "user-agent": "nango-node-client/0.70.1" },
    connections,
    duration: seconds,
  });
  stopBusyLoop();
  const statuses = new Map(Object.entries(result.statusCodeStats ?? {}));
  const expected = statuses.get(String(status))?.count ?? 0;
  if (result.errors > 0 || expected === 0 || statuses.size !== 1) {
    throw new Error(
      `Expected only ${status}, got ${[...statuses.keys()].join(", ")} and ${result.errors} errors`,
    );
  }
  return {
    requests: expected,
    requestsPerSecond: expected / result.duration,
    p99Milliseconds: result.latency.p99,
  };
}

/**
 * Keeps this process from sleeping between responses. The server has to wake a sleeping client, and on a
 * virtual machine that costs more than the request. A slower server would find its client asleep more often,
 * and would be measured as slower than it is. Returns a function that stops the loop.
 */
function keepEventLoopBusy(): () => void {
  let isRunning = true;
  const loop = () => {
    if (isRunning) setImmediate(loop);
  };
  loop();
  return () => {
    isRunning = false;
  };
}
