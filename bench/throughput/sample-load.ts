import { hammer, type Load } from "@/bench/hammer";
import { samplePath } from "./sample";
import type { ServerProcess } from "./server-process";

export type Loaded = {
  readonly requestsPerSecond: number;
  /** The server's CPU time for one request, in its own code and in the kernel. */
  readonly userMicroseconds: number;
  readonly systemMicroseconds: number;
  /** Latency as the client saw it. */
  readonly p99Milliseconds: number;
};

/** Asks for the sample as `hammer` does, and the server what that took. */
export async function loadSample(
  server: ServerProcess,
  key: string,
  status: number,
  load: Load,
): Promise<Loaded> {
  const before = await server.cpuTime();
  const { requests, requestsPerSecond, p99Milliseconds } = await hammer(
    server.url + samplePath,
    key,
    status,
    load,
  );
  const after = await server.cpuTime();
  return {
    requestsPerSecond,
    userMicroseconds: (after.user - before.user) / requests,
    systemMicroseconds: (after.system - before.system) / requests,
    p99Milliseconds,
  };
}
