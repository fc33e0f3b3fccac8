import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomState } from "oauth4webapi";
import type { IntegrationDefaults, StoredOAuthClient } from "@/lib/upstream/integrations/model";
import type { Provider } from "@/lib/upstream/providers/model";
import type { OAuthClient } from "./oauth-client";

export type AuthorizationRequest = {
  /** The provider's authorization page, where the end user approves or denies access. */
  readonly url: URL;
  /** Returned by the provider with its response; binds the response to this request. */
  readonly state: string;
  /** Sent with the code to the token endpoint (RFC 7636, 4.5). */
  readonly codeVerifier: string;
};

export type AuthorizationRequestOptions = {
  readonly oauth: OAuthClient;
  readonly provider: Provider;
  /** The integration's scopes, comma-separated. */
  readonly scopes: StoredOAuthClient["scopes"];
  readonly defaults: IntegrationDefaults | undefined;
  readonly redirectUri: string;
};

/** Creates an authorization code request with PKCE and state (RFC 6749, 4.1.1; RFC 7636, 4.3). */
export async function createAuthorizationRequest(
  options: AuthorizationRequestOptions,
): Promise<AuthorizationRequest> {
  const { oauth, provider, defaults, redirectUri } = options;
  const state = generateRandomState();
  const codeVerifier = generateRandomCodeVerifier();
  const url = new URL(oauth.authorizationUrl);
  const scope = requestedScopes(options).join(provider.scope_separator ?? " ");
  // Later entries win: configured parameters cannot replace the ones that the grant depends on.
  const parameters = {
    ...provider.authorization_params,
    ...defaults?.authorization_params,
    ...(scope !== "" && { scope }),
    ...(defaults?.user_scopes !== undefined && { user_scope: defaults.user_scopes }),
    response_type: "code",
    client_id: oauth.clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url, state, codeVerifier };
}

function requestedScopes({ scopes, defaults }: AuthorizationRequestOptions): string[] {
  const override = defaults?.connection_config?.oauth_scopes_override;
  const scopeList = typeof override === "string" ? override : (scopes ?? "");
  return scopeList.split(/[,\s]+/).filter((scope) => scope !== "");
}
