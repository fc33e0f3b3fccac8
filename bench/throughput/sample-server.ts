import { createServer, type RequestListener } from "node:http";
import type { KeyLookup } from "@/lib/access/authentication/authenticate";
import { openCachedKeyLookup } from "@/lib/access/authentication/cached-lookup";
import { assembleApi, createEnvironmentApi } from "@/lib/environment-api/app";
import { allRoutes } from "@/lib/environment-api/catalog/all-routes";
import { executeRoute } from "@/lib/environment-api/pipeline/execute-route";
import { log } from "@/lib/infrastructure/log/log";
import { openNotificationListener } from "@/lib/infrastructure/notifications/notification-listener";
import { settings } from "@/lib/infrastructure/settings/settings";
import { type NodeApi, serverApiOptions, toNodeApi } from "@/lib/server/http/environment-api";
import { createRequestListener } from "@/lib/server/http/request-listener";
import { sample, samplePath, sampleRoutes } from "./sample";
import type { ServerKind } from "./variants";

/*
 * A server process for the sample route. Its argument is the kind of server. It sends its port to the parent
 * process, and replies to every message with its CPU time.
 */

const routes = [...sampleRoutes, ...allRoutes.filter(({ path }) => path !== samplePath)];
const kind = process.argv[2];

const listeners: Record<ServerKind, () => Promise<RequestListener>> = {
  bare: async () => {
    const body = JSON.stringify(sample);
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    return (_, response) => response.writeHead(200, headers).end(body);
  },
  withoutAuth: async () =>
    listenerFor(
      toNodeApi(
        assembleApi({ ...serverApiOptions(), routes }, (dependencies, route, context) =>
          executeRoute(
            dependencies,
            route,
            context,
            { environmentId: 1, grants: [], principal: null, connectSession: null },
            new Date(),
          ),
        ),
      ),
    ),
  withAuth: async () =>
    listenerFor(toNodeApi(createEnvironmentApi({ ...serverApiOptions(), routes, lookup: cachedLookup() }))),
  withoutCache: async () => listenerFor(toNodeApi(createEnvironmentApi({ ...serverApiOptions(), routes }))),
};

/** Returns the look-up through the key cache, as the product uses it. */
function cachedLookup(): KeyLookup {
  const { databaseUrl } = settings();
  return openCachedKeyLookup(databaseUrl, openNotificationListener(databaseUrl), { prepare: true }).lookup;
}

/** Creates the listener as lib/server/process-lifecycle/start.ts does, without the dashboard. */
function listenerFor({ handle, segments }: NodeApi): RequestListener {
  return createRequestListener({
    api: handle,
    dashboard: null,
    servedSegments: { apiSegments: segments, publicFileNames: new Set() },
    checkDatabase: async () => "ok",
    isDraining: () => false,
    metrics: { contentType: "text/plain", render: async () => "" },
    metricsToken: null,
    trustProxy: false,
    log: log(),
  });
}

function isKind(name: string | undefined): name is ServerKind {
  return name !== undefined && name in listeners;
}

if (!isKind(kind)) throw new Error(`Unknown kind of server: ${kind}`);
const server = createServer(await listeners[kind]());
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  process.send?.({ port: address.port });
});
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ user, system });
});
process.on("disconnect", () => process.exit(0));
