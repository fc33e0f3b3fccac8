import type { Route } from "@/lib/environment-api/pipeline/route";
import { actionRoutes } from "@/lib/environment-api/routes/actions/actions";
import { configRoutes } from "@/lib/environment-api/routes/config/config";
import { connectSessionRoutes } from "@/lib/environment-api/routes/connect-sessions/connect-sessions";
import { metadataRoutes } from "@/lib/environment-api/routes/connections/connection-metadata";
import { connectionReadRoutes } from "@/lib/environment-api/routes/connections/connection-reads";
import { connectionWriteRoutes } from "@/lib/environment-api/routes/connections/connection-writes";
import { deployRoutes } from "@/lib/environment-api/routes/deploy/deploy";
import { variableRoutes } from "@/lib/environment-api/routes/environment-variables/environment-variables";
import { integrationRoutes } from "@/lib/environment-api/routes/integrations/integrations";
import { mcpRoutes } from "@/lib/environment-api/routes/mcp/mcp";
import { providerRoutes } from "@/lib/environment-api/routes/providers/providers";
import { proxyRoutes } from "@/lib/environment-api/routes/proxy/proxy";
import { recordRoutes } from "@/lib/environment-api/routes/records/records";
import { scriptsConfigRoutes } from "@/lib/environment-api/routes/scripts-config/scripts-config";
import { syncRoutes } from "@/lib/environment-api/routes/syncs/syncs";

/**
 * Every route of the environment API. When the paths of two routes match a request, the first route handles
 * it. `/connections/metadata` must therefore stand before `/connections/{connectionId}`.
 */
export const allRoutes: readonly Route[] = [
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
