import autocannon from "autocannon";
import { samplePath } from "./sample";
import type { ServerProcess } from "./server-process";

export type Load = { readonly connections: number; readonly seconds: number };

export type Loaded = {
  readonly requestsPerSecond: number;
  /** The server's CPU time for one request, in its own code and in the kernel. */
  readonly userMicroseconds: number;
  readonly systemMicroseconds: number;
  /** Latency as the client saw it. */
  readonly p99Milliseconds: number;
};

/** Asks for the sample in a closed loop. Throws when any answer has another status: it would measure something else. */
export async function loadSample(
  server: ServerProcess,
  key: string,
  status: number,
  { connections, seconds }: Load,
): Promise<Loaded> {
  const rest = stayAwake();
  const before = await server.cpuTime();
  const result = await autocannon({
    url: server.url + samplePath,
    headers: { authorization: `Bearer ${key}`, "user-agent": "nango-node-client/0.70.1" },
    connections,
    duration: seconds,
  });
  const after = await server.cpuTime();
  rest();
  const answers = new Map(Object.entries(result.statusCodeStats ?? {}));
  const wanted = answers.get(String(status))?.count ?? 0;
  if (result.errors > 0 || wanted === 0 || answers.size !== 1) {
    throw new Error(`Not only ${status} but ${[...answers.keys()].join(", ")}, and ${result.errors} errors`);
  }
  return {
    requestsPerSecond: wanted / result.duration,
    userMicroseconds: (after.user - before.user) / wanted,
    systemMicroseconds: (after.system - before.system) / wanted,
    p99Milliseconds: result.latency.p99,
  };
}

/**
 * Keeps this process from sleeping between answers. Else a slower server finds its client asleep more often and pays for
 * waking it, on a virtual machine more than for the request: the slower variant would be measured slower than it is.
 */
function stayAwake(): () => void {
  let isAwake = true;
  const turn = () => {
    if (isAwake) setImmediate(turn);
  };
  turn();
  return () => {
    isAwake = false;
  };
}
