import { fail, ok, type Result } from "@/lib/infrastructure/result";
import type { StoredOAuthClient } from "@/lib/upstream/integrations/model";
import type { Credentials } from "@/lib/upstream/providers/credentials";
import { fillTemplate, fillUrlTemplate, type TemplateValues } from "@/lib/upstream/providers/fill-template";
import type { Provider } from "@/lib/upstream/providers/model";

/** Our client at a provider's token endpoint: where it is known, by what, and how it shows it. Holds a secret. */
export type TokenClient = {
  readonly tokenUrl: URL;
  /** Null when the provider does not name itself in its answers. */
  readonly issuer: string | null;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenEndpointAuthMethod: "basic" | "body";
};

/** The same with the page at which people let it in. */
export type OAuthClient = TokenClient & { readonly authorizationUrl: URL };

export type OAuthClientOptions = TemplateValues & {
  readonly provider: Provider;
  readonly client: StoredOAuthClient | null;
  /** A client that came with imported credentials instead of the integration's. */
  readonly override?: Extract<Credentials, { type: "OAUTH2" }>["config_override"] | undefined;
};

/** Puts the client together; the failure is a sentence that names what is not set. */
export function createOAuthClient(parts: OAuthClientOptions): Result<OAuthClient, string> {
  const { provider, client: _, override: __, ...values } = parts;
  const { authorization_url } = provider;
  if (authorization_url === undefined) return fail(unsupportedMessage(provider));
  const authorizationUrl = fillUrlTemplate(authorization_url, values);
  if (!authorizationUrl.ok) return authorizationUrl;
  const client = createTokenClient(parts);
  return client.ok ? ok({ ...client.value, authorizationUrl: authorizationUrl.value }) : client;
}

const unsupportedMessage = ({ display_name }: Provider) => `${display_name} does not take part in OAuth 2`;

/** As `oauthClient`, for providers that may have no page for people. */
export function createTokenClient(parts: OAuthClientOptions): Result<TokenClient, string> {
  const { provider, client, override, ...values } = parts;
  const { token_url } = provider;
  if (token_url === undefined) return fail(unsupportedMessage(provider));
  const tokenUrl = fillUrlTemplate(token_url, values);
  if (!tokenUrl.ok) return tokenUrl;
  const clientId = override?.client_id ?? client?.client_id;
  const clientSecret = override?.client_secret ?? client?.client_secret;
  if (clientId === undefined || clientSecret === undefined)
    return fail("The integration has no OAuth client");
  const issuer = provider.issuer === undefined ? null : fillTemplate(provider.issuer, values);
  return ok({
    tokenUrl: tokenUrl.value,
    issuer: issuer?.ok ? issuer.value : null,
    clientId,
    clientSecret,
    tokenEndpointAuthMethod: provider.token_request_auth_method ?? "body",
  });
}
