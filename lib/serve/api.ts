import { getRequestListener } from "@hono/node-server";
import { settings } from "../env";
import { createEnvironmentApi } from "../environment-api/app";
import { systemOutbound } from "../net/outbound";
import { addressHeader } from "./client-address";
import type { Handler } from "./listener";
import { firstSegment } from "./paths";
import { publicOrigin } from "./public-origin";

/** The environment API as a plain Node handler, and the first path segments of the routes that it declares. */
export function openApi(): { readonly handle: Handler; readonly segments: ReadonlySet<string> } {
  const app = createEnvironmentApi({
    addressOf: (context) => context.req.header(addressHeader) ?? null,
    outbound: systemOutbound(settings().proxyAllowPrivate),
    originOf: (context) => publicOrigin((name) => context.req.header(name), settings().url),
    sharedApps: settings().sharedApps,
  });
  const segments = app.routes
    .map(({ path }) => firstSegment(path))
    .filter((segment) => !/^$|[*:]/.test(segment));
  // Next shares this process and has its own Request and Response: the globals stay as they are.
  return {
    handle: getRequestListener(app.fetch, { overrideGlobalObjects: false }),
    segments: new Set(segments),
  };
}
