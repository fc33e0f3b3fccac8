import autocannon from "autocannon";

export type LoadOptions = { readonly connections: number; readonly seconds: number };

export type LoadResult = {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Latency as the client saw it. */
  readonly p99Milliseconds: number;
};

/**
 * Sends GETs with an API key in a closed loop, as fast as they go. Throws when any answer has another status: it would
 * measure something else.
 */
export async function generateLoad(
  url: string,
  key: string,
  status: number,
  { connections, seconds }: LoadOptions,
): Promise<LoadResult> {
  const rest = keepEventLoopBusy();
  const result = await autocannon({
    url,
    headers: { authorization: `Bearer ${key}`, "user-agent": "nango-node-client/0.70.1" },
    connections,
    duration: seconds,
  });
  rest();
  const answers = new Map(Object.entries(result.statusCodeStats ?? {}));
  const wanted = answers.get(String(status))?.count ?? 0;
  if (result.errors > 0 || wanted === 0 || answers.size !== 1) {
    throw new Error(`Not only ${status} but ${[...answers.keys()].join(", ")}, and ${result.errors} errors`);
  }
  return {
    requests: wanted,
    requestsPerSecond: wanted / result.duration,
    p99Milliseconds: result.latency.p99,
  };
}

/**
 * Keeps this process from sleeping between answers. Else a slower server finds its client asleep more often and pays for
 * waking it, on a virtual machine more than for the request: the slower variant would be measured slower than it is.
 */
function keepEventLoopBusy(): () => void {
  let isAwake = true;
  const turn = () => {
    if (isAwake) setImmediate(turn);
  };
  turn();
  return () => {
    isAwake = false;
  };
}
