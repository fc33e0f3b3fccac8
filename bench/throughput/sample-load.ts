import { generateLoad, type LoadOptions } from "@/bench/generate-load";
import { samplePath } from "./sample";
import type { ServerProcess } from "./server-process";

export type SampleLoadResult = {
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
  load: LoadOptions,
): Promise<SampleLoadResult> {
  const before = await server.cpuTime();
  const { requests, requestsPerSecond, p99Milliseconds } = await generateLoad(
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
