import { type ApiError, bodyTooLarge } from "@/lib/environment-api/pipeline/errors";
import { passthroughRoute } from "@/lib/environment-api/pipeline/passthrough-route";
import type { RequestContext } from "@/lib/environment-api/pipeline/scoped-route";
import { unknownIntegration } from "@/lib/environment-api/routes/integrations/integration-errors";
import { PrivateAddressError } from "@/lib/infrastructure/net/outbound-policy";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { getFreshCredentials } from "@/lib/upstream/connections/refresh";
import { findConnectionAndMarkFetched } from "@/lib/upstream/connections/store";
import { findIntegration, findSealedIntegration } from "@/lib/upstream/integrations/store";
import { findProvider } from "@/lib/upstream/providers/catalog";
import { fillProviderBaseUrl } from "@/lib/upstream/proxy/base-url";
import {
  type CredentialInjection,
  createCredentialInjection,
} from "@/lib/upstream/proxy/credential-injection";
import { forwardRequest, networkErrorResponse } from "@/lib/upstream/proxy/forward-request";
import { type ProxyHeaders, proxyHeadersSchema } from "@/lib/upstream/proxy/proxy-headers";
import { BodyTooLargeError } from "@/lib/upstream/proxy/replayable-body";

const maxBodyBytes = 75 * 1024 * 1024;

const proxy = passthroughRoute({
  path: "/proxy/{path}",
  scope: "environment:proxy",
  summary: "Send a request to the API behind a connection, with the connection's credentials",
  headers: proxyHeadersSchema,
  maxBodyBytes,
  handler: async ({ headers: how, request, ...context }) => {
    const destination = await findDestination(context, how);
    if (!destination.ok) return destination;
    const { base, injection } = destination.value;
    const { outbound } = context;
    const answer = await forwardRequest({
      outbound,
      baseUrl: base,
      injection,
      request,
      proxyHeaders: how,
      maxBodyBytes,
    });
    if (answer instanceof Response) return ok(answer);
    if (answer instanceof BodyTooLargeError) return fail(bodyTooLarge(maxBodyBytes));
    const isOverride = how["base-url-override"] !== undefined;
    if (isOverride && answer instanceof PrivateAddressError && base.hostname === answer.hostname) {
      return fail({ status: 400, code: "base_url_override_not_allowed", message: answer.message });
    }
    return ok(networkErrorResponse(answer, base, request));
  },
});

type Destination = { readonly base: URL; readonly injection: CredentialInjection };

const connectionNotFound: ApiError = {
  status: 400,
  code: "server_error",
  message: "Failed to get connection",
};

/** The provider gives no access token, or gave none a moment ago and is left in peace (contract, section 2, 19). */
const refreshError = (message: string): ApiError => ({
  status: 424,
  code: "connection_refresh_backoff",
  message: `The connection's access token could not be refreshed: ${message}`,
});

/** Where a connection's API is and what opens it. */
async function findDestination(
  context: RequestContext,
  how: ProxyHeaders,
): Promise<Result<Destination, ApiError>> {
  const { db, environmentId, receivedAt } = context;
  const uniqueKey = how["provider-config-key"];
  const connection = await findConnectionAndMarkFetched(db, environmentId, uniqueKey, how["connection-id"]);
  if (connection === null) {
    const integration = await findIntegration(db, environmentId, uniqueKey);
    const unknown = { ...unknownIntegration(uniqueKey), code: "unknown_provider_config" };
    return fail(integration === null ? unknown : connectionNotFound);
  }
  const provider = findProvider(connection.provider);
  if (provider === null) throw new Error(`The provider ${connection.provider} left the catalogue`);
  const template = provider.proxy.base_url;
  const { custom } = template.includes("{custom.")
    ? ((await findSealedIntegration(db, environmentId, uniqueKey)) ?? {})
    : {};
  const base = how["base-url-override"] ?? fillProviderBaseUrl(template, connection.connectionConfig, custom);
  if (base === null) {
    const message = `The connection's configuration does not fill in the API's address ${template}`;
    return fail({ status: 400, code: "missing_base_api_url", message });
  }
  const ask = { force: false, requestedAt: receivedAt };
  const credentials = await getFreshCredentials(context, environmentId, connection.id, ask);
  if (credentials === null) return fail(connectionNotFound);
  if (!credentials.ok) return fail(refreshError(credentials.error.message));
  return ok({ base, injection: createCredentialInjection(provider, credentials.value) });
}

export const proxyRoutes = [proxy];
