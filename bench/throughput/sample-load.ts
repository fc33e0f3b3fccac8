import { generateLoad, type LoadOptions } from "@/bench/generate-load";
import { samplePath } from "./sample";
import type { ServerProcess } from "./server-process";

export type SampleLoadResult = {
  readonly requestsPerSecond: number;
  /** The server's CPU time per request, in user mode and in the kernel. */
  readonly userMicroseconds: number;
  readonly systemMicroseconds: number;
  /** Latency measured by the client. */
  readonly p99Milliseconds: number;
};

/** Sends load to the sample route, and measures the CPU time that the server uses for it. */
export async function measureSampleRoute(
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
