import { actionRoutes } from "./routes/actions";
import { configRoutes } from "./routes/config";
import { connectSessionRoutes } from "./routes/connect-sessions";
import { metadataRoutes } from "./routes/connection-metadata";
import { connectionReadRoutes } from "./routes/connection-reads";
import { connectionWriteRoutes } from "./routes/connection-writes";
import { deployRoutes } from "./routes/deploy";
import { variableRoutes } from "./routes/environment-variables";
import { integrationRoutes } from "./routes/integrations";
import { mcpRoutes } from "./routes/mcp";
import { providerRoutes } from "./routes/providers";
import { proxyRoutes } from "./routes/proxy";
import { recordRoutes } from "./routes/records";
import { scriptsConfigRoutes } from "./routes/scripts-config";
import { syncRoutes } from "./routes/syncs";
import type { ScopedRoute } from "./scoped-route";

/**
 * Every route of the environment API. What is not here does not exist. Where two paths fit one address the first wins:
 * `/connections/metadata` stands before `/connections/{connectionId}`.
 */
export const allRoutes: readonly ScopedRoute[] = [
  ...integrationRoutes,
  ...configRoutes,
  ...metadataRoutes,
  ...connectionReadRoutes,
  ...connectionWriteRoutes,
  ...recordRoutes,
  ...syncRoutes,
  ...connectSessionRoutes,
  ...variableRoutes,
  ...deployRoutes,
  ...actionRoutes,
  ...mcpRoutes,
  ...scriptsConfigRoutes,
  ...providerRoutes,
  ...proxyRoutes,
];
