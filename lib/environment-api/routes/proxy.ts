import { fetchConnection } from "../../connections/store";
import { findIntegration } from "../../integrations/store";
import { PrivateAddressError } from "../../net/outbound";
import { findProvider } from "../../providers/catalogue";
import { providerBaseUrl } from "../../proxy/base-url";
import { type CallHeaders, callHeaders } from "../../proxy/call-headers";
import { currentCredentials } from "../../proxy/current-credentials";
import { type Injection, injectionFor } from "../../proxy/injection";
import { networkFailure, passOn } from "../../proxy/pass-on";
import { BodyTooLargeError } from "../../proxy/replayable-body";
import { fail, ok, type Result } from "../../result";
import { type ApiFailure, bodyTooLarge } from "../errors";
import { passingRoute } from "../passing-route";
import type { CallContext } from "../scoped-route";
import { unknownIntegration } from "./integration-refusals";

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

/** Where a connection's API is and what opens it. */
async function findDestination(
  { db, masterKey, environmentId }: CallContext,
  how: CallHeaders,
): Promise<Result<Destination, ApiFailure>> {
  const uniqueKey = how["provider-config-key"];
  const connection = await fetchConnection(db, environmentId, uniqueKey, how["connection-id"]);
  if (connection === null) {
    const integration = await findIntegration(db, environmentId, uniqueKey);
    const unknown = { ...unknownIntegration(uniqueKey), code: "unknown_provider_config" };
    return fail(integration === null ? unknown : noConnection);
  }
  const provider = findProvider(connection.provider);
  if (provider === null) throw new Error(`The provider ${connection.provider} left the catalogue`);
  const base =
    how["base-url-override"] ?? providerBaseUrl(provider.proxy.base_url, connection.connectionConfig);
  if (base === null) {
    const message = `The connection's configuration does not fill in the API's address ${provider.proxy.base_url}`;
    return fail({ status: 400, code: "missing_base_api_url", message });
  }
  const credentials = await currentCredentials(db, masterKey, environmentId, connection.id);
  return credentials === null
    ? fail(noConnection)
    : ok({ base, injection: injectionFor(provider, credentials) });
}

export const proxyRoutes = [proxy];
