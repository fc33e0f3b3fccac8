import { type ApiFailure, bodyTooLarge } from "@/lib/environment-api/pipeline/errors";
import { passingRoute } from "@/lib/environment-api/pipeline/passing-route";
import type { CallContext } from "@/lib/environment-api/pipeline/scoped-route";
import { unknownIntegration } from "@/lib/environment-api/routes/integrations/integration-refusals";
import { PrivateAddressError } from "@/lib/infrastructure/net/outbound";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { freshCredentials } from "@/lib/upstream/connections/refresh";
import { fetchConnection } from "@/lib/upstream/connections/store";
import { findIntegration, findSealedIntegration } from "@/lib/upstream/integrations/store";
import { findProvider } from "@/lib/upstream/providers/catalogue";
import { providerBaseUrl } from "@/lib/upstream/proxy/base-url";
import { type CallHeaders, callHeaders } from "@/lib/upstream/proxy/call-headers";
import { type Injection, injectionFor } from "@/lib/upstream/proxy/injection";
import { networkFailure, passOn } from "@/lib/upstream/proxy/pass-on";
import { BodyTooLargeError } from "@/lib/upstream/proxy/replayable-body";

const maxBodyBytes = 75 * 1024 * 1024;

const proxy = passingRoute({
  path: "/proxy/{path}",
  scope: "environment:proxy",
  summary: "Send a request to the API behind a connection, with the connection's credentials",
  headers: callHeaders,
  maxBodyBytes,
  handler: async ({ headers: how, request, ...context }) => {
    const destination = await findDestination(context, how);
    if (!destination.ok) return destination;
    const { base, injection } = destination.value;
    const { outbound } = context;
    const answer = await passOn({ outbound, base, injection, request, how, maxBodyBytes });
    if (answer instanceof Response) return ok(answer);
    if (answer instanceof BodyTooLargeError) return fail(bodyTooLarge(maxBodyBytes));
    const isOverride = how["base-url-override"] !== undefined;
    if (isOverride && answer instanceof PrivateAddressError && base.hostname === answer.hostname) {
      return fail({ status: 400, code: "base_url_override_not_allowed", message: answer.message });
    }
    return ok(networkFailure(answer, base, request));
  },
});

type Destination = { readonly base: URL; readonly injection: Injection };

const noConnection: ApiFailure = { status: 400, code: "server_error", message: "Failed to get connection" };

/** The provider gives no access token, or gave none a moment ago and is left in peace (contract, section 2, 19). */
const refreshFails = (message: string): ApiFailure => ({
  status: 424,
  code: "connection_refresh_backoff",
  message: `The connection's access token could not be refreshed: ${message}`,
});

/** Where a connection's API is and what opens it. */
async function findDestination(
  context: CallContext,
  how: CallHeaders,
): Promise<Result<Destination, ApiFailure>> {
  const { db, environmentId, receivedAt } = context;
  const uniqueKey = how["provider-config-key"];
  const connection = await fetchConnection(db, environmentId, uniqueKey, how["connection-id"]);
  if (connection === null) {
    const integration = await findIntegration(db, environmentId, uniqueKey);
    const unknown = { ...unknownIntegration(uniqueKey), code: "unknown_provider_config" };
    return fail(integration === null ? unknown : noConnection);
  }
  const provider = findProvider(connection.provider);
  if (provider === null) throw new Error(`The provider ${connection.provider} left the catalogue`);
  const template = provider.proxy.base_url;
  const { custom } = template.includes("{custom.")
    ? ((await findSealedIntegration(db, environmentId, uniqueKey)) ?? {})
    : {};
  const base = how["base-url-override"] ?? providerBaseUrl(template, connection.connectionConfig, custom);
  if (base === null) {
    const message = `The connection's configuration does not fill in the API's address ${template}`;
    return fail({ status: 400, code: "missing_base_api_url", message });
  }
  const ask = { force: false, at: receivedAt };
  const credentials = await freshCredentials(context, environmentId, connection.id, ask);
  if (credentials === null) return fail(noConnection);
  if (!credentials.ok) return fail(refreshFails(credentials.error.message));
  return ok({ base, injection: injectionFor(provider, credentials.value) });
}

export const proxyRoutes = [proxy];
