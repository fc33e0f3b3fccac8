import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { StoredOAuthClient } from "@/lib/upstream/integrations/model";
import type { Credentials } from "@/lib/upstream/providers/credentials";
import { fillTemplate, fillUrlTemplate, type TemplateValues } from "@/lib/upstream/providers/fill-template";
import type { Provider } from "@/lib/upstream/providers/model";

/** What a token request needs: the token endpoint, and the client's credentials and authentication method. */
export type TokenClient = {
  readonly tokenUrl: URL;
  /** Null when it is not known. */
  readonly issuer: string | null;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenEndpointAuthMethod: "basic" | "body";
};

/** A token client, and the URL of the page where end users approve or deny access. */
export type OAuthClient = TokenClient & { readonly authorizationUrl: URL };

export type OAuthClientOptions = TemplateValues & {
  readonly provider: Provider;
  readonly client: StoredOAuthClient | null;
  /** Client that was imported with the connection's credentials. Used instead of the integration's client. */
  readonly override?: Extract<Credentials, { type: "OAUTH2" }>["config_override"] | undefined;
};

/**
 * Creates the client from the provider and the integration. The error is a message that names what is
 * missing.
 */
export function createOAuthClient(options: OAuthClientOptions): Result<OAuthClient, string> {
  const { provider, client: _, override: __, ...values } = options;
  const { authorization_url } = provider;
  if (authorization_url === undefined) return fail(unsupportedMessage(provider));
  const authorizationUrl = fillUrlTemplate(authorization_url, values);
  if (!authorizationUrl.ok) return authorizationUrl;
  const client = createTokenClient(options);
  return client.ok ? ok({ ...client.value, authorizationUrl: authorizationUrl.value }) : client;
}

const unsupportedMessage = ({ display_name }: Provider) =>
  `${display_name} does not support this OAuth 2 grant`;

/** Like `createOAuthClient`, for a provider that may have no authorization page. */
export function createTokenClient(options: OAuthClientOptions): Result<TokenClient, string> {
  const { provider, client, override, ...values } = options;
  const { token_url } = provider;
  if (token_url === undefined) return fail(unsupportedMessage(provider));
  const tokenUrl = fillUrlTemplate(token_url, values);
  if (!tokenUrl.ok) return tokenUrl;
  const clientId = override?.client_id ?? client?.client_id;
  const clientSecret = override?.client_secret ?? client?.client_secret;
  if (clientId === undefined || clientSecret === undefined)
    return fail("The integration has no OAuth client: set its client id and secret");
  const issuer = provider.issuer === undefined ? null : fillTemplate(provider.issuer, values);
  return ok({
    tokenUrl: tokenUrl.value,
    issuer: issuer?.ok ? issuer.value : null,
    clientId,
    clientSecret,
    tokenEndpointAuthMethod: provider.token_request_auth_method ?? "body",
  });
}
