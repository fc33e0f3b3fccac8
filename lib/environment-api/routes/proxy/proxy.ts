import { type ApiError, bodyTooLarge } from "@/lib/environment-api/pipeline/errors";
import { passthroughRoute } from "@/lib/environment-api/pipeline/passthrough-route";
import type { RequestContext } from "@/lib/environment-api/pipeline/route";
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

const chooseDestination = "environment:connections:read_credentials";

const maxBodyBytes = 75 * 1024 * 1024;

const proxy = passthroughRoute({
  path: "/proxy/{path}",
  scope: "environment:proxy",
  destinationScopes: [chooseDestination],
  summary: "Send a request to the API of a connection, with the connection's credentials",
  headers: proxyHeadersSchema,
  maxBodyBytes,
  handler: async ({ headers: proxyHeaders, request, ...context }) => {
    const destination = await findDestination(context, proxyHeaders);
    if (!destination.ok) return destination;
    const { base, injection } = destination.value;
    const { outbound } = context;
    const result = await forwardRequest({
      outbound,
      baseUrl: base,
      injection,
      request,
      proxyHeaders,
      maxBodyBytes,
    });
    if (result instanceof Response) return ok(result);
    if (result instanceof BodyTooLargeError) return fail(bodyTooLarge(maxBodyBytes));
    const isOverride = proxyHeaders["base-url-override"] !== undefined;
    if (isOverride && result instanceof PrivateAddressError && base.hostname === result.hostname) {
      return fail({ status: 400, code: "base_url_override_not_allowed", message: result.message });
    }
    return ok(networkErrorResponse(result, base, request));
  },
});

type Destination = { readonly base: URL; readonly injection: CredentialInjection };

const connectionNotFound: ApiError = {
  status: 400,
  code: "server_error",
  message: "Failed to get connection",
};

/**
 * A 424: the token refresh failed, or failed recently and is in backoff (docs/environment-api.md, "19.
 * proxy").
 */
const refreshFailed = (message: string): ApiError => ({
  status: 424,
  code: "connection_refresh_backoff",
  message: `The connection's access token could not be refreshed: ${message}`,
});

/**
 * A 403: the override is neither at the provider's origin nor at one that an admin allowed for the integration,
 * so the credentials are not sent there (docs/environment-api.md, section 2, 19).
 */
const originNotAllowed = ({ origin }: URL): ApiError => ({
  status: 403,
  code: "base_url_override_not_allowed",
  message:
    `The integration does not allow credentials to be sent to ${origin}: an admin can add it to the integration, ` +
    `or the key needs ${chooseDestination}`,
});

/** Finds the base URL of a connection's API and the credentials to inject. */
async function findDestination(
  context: RequestContext,
  proxyHeaders: ProxyHeaders,
): Promise<Result<Destination, ApiError>> {
  const { db, environmentId, receivedAt } = context;
  const uniqueKey = proxyHeaders["provider-config-key"];
  const connection = await findConnectionAndMarkFetched(
    db,
    environmentId,
    uniqueKey,
    proxyHeaders["connection-id"],
  );
  if (connection === null) {
    const integration = await findIntegration(db, environmentId, uniqueKey);
    const integrationNotFound = { ...unknownIntegration(uniqueKey), code: "unknown_provider_config" };
    return fail(integration === null ? integrationNotFound : connectionNotFound);
  }
  const provider = findProvider(connection.provider);
  if (provider === null) throw new Error(`The provider ${connection.provider} is not in the catalog`);
  const template = provider.proxy.base_url;
  const override = proxyHeaders["base-url-override"];
  const integration =
    override !== undefined || template.includes("{custom.")
      ? await findSealedIntegration(db, environmentId, uniqueKey)
      : null;
  const providerBase = fillProviderBaseUrl(template, connection.connectionConfig, integration?.custom);
  if (override !== undefined && !context.canChooseDestination) {
    const allowed = [providerBase?.origin, ...(integration?.overrideOrigins ?? [])];
    if (!allowed.includes(override.origin)) return fail(originNotAllowed(override));
  }
  const base = override ?? providerBase;
  if (base === null) {
    const message = `The connection's configuration does not fill in the base URL ${template}`;
    return fail({ status: 400, code: "missing_base_api_url", message });
  }
  // Credentials that were stored for other addresses than those read above are not sent.
  const { addressVersion } = integration ?? {};
  const refreshOptions = { force: false, requestedAt: receivedAt, addressVersion };
  const credentials = await getFreshCredentials(context, environmentId, connection.id, refreshOptions);
  if (credentials === null) return fail(connectionNotFound);
  if (!credentials.ok) return fail(refreshFailed(credentials.error.message));
  return ok({ base, injection: createCredentialInjection(provider, credentials.value) });
}

export const proxyRoutes = [proxy];
