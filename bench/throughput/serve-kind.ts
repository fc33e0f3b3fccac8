import { createServer, type RequestListener } from "node:http";
import type { KeyLookup } from "@/lib/access/authentication/authenticate";
import { openKnownKeys } from "@/lib/access/authentication/known-keys";
import { assembleApi, createEnvironmentApi } from "@/lib/environment-api/app";
import { allRoutes } from "@/lib/environment-api/catalog/all-routes";
import { answerRoute } from "@/lib/environment-api/pipeline/answer-route";
import { settings } from "@/lib/infrastructure/env/env";
import { log } from "@/lib/infrastructure/log/log";
import { openSignals } from "@/lib/infrastructure/signals/signals";
import { type NodeApi, overNode, servedOptions } from "@/lib/server/serve/api";
import { createListener } from "@/lib/server/serve/listener";
import { sample, samplePath, sampleRoutes } from "./sample";
import type { ServerKind } from "./variants";

/*
 * A process that answers the sample route in one way and tells its CPU time when asked. Started with the kind;
 * it sends its port.
 */

const routes = [...sampleRoutes, ...allRoutes.filter(({ path }) => path !== samplePath)];
const kind = process.argv[2];

const listeners: Record<ServerKind, () => Promise<RequestListener>> = {
  bare: async () => {
    const body = JSON.stringify(sample);
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    return (_, response) => response.writeHead(200, headers).end(body);
  },
  unguarded: async () =>
    inListener(
      overNode(
        assembleApi({ ...servedOptions(), routes }, (parts, route, c) =>
          answerRoute(
            parts,
            route,
            c,
            { environmentId: 1, grants: [], principal: null, session: null },
            new Date(),
          ),
        ),
      ),
    ),
  guarded: async () =>
    inListener(overNode(createEnvironmentApi({ ...servedOptions(), routes, lookup: knownKeys() }))),
  uncached: async () => inListener(overNode(createEnvironmentApi({ ...servedOptions(), routes }))),
};

/** The product's own memory of keys, which a process fills as it is asked. */
function knownKeys(): KeyLookup {
  const { databaseUrl } = settings();
  return openKnownKeys(databaseUrl, openSignals(databaseUrl)).lookup;
}

/** As `lib/serve/start` does it, without the dashboard. */
function inListener({ handle, segments }: NodeApi): RequestListener {
  return createListener({
    api: handle,
    dashboard: null,
    addresses: { apiSegments: segments, publicNames: new Set() },
    isReady: async () => true,
    isDraining: () => false,
    metrics: { contentType: "text/plain", text: async () => "" },
    metricsToken: null,
    trustProxy: false,
    log: log(),
  });
}

function isKind(name: string | undefined): name is ServerKind {
  return name !== undefined && name in listeners;
}

if (!isKind(kind)) throw new Error(`Not a kind of server: ${kind}`);
const server = createServer(await listeners[kind]());
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  process.send?.({ port: address.port });
});
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ user, system });
});
process.on("disconnect", () => process.exit(0));
