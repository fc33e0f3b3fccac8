import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomState } from "oauth4webapi";
import type { IntegrationDefaults, StoredOAuthClient } from "@/lib/upstream/integrations/model";
import type { Provider } from "@/lib/upstream/providers/model";
import type { OAuthClient } from "./oauth-client";

export type AuthorizationRequest = {
  /** The provider's authorization page, where the end user approves or denies access. */
  readonly url: URL;
  /** The provider returns it with its response. It binds the response to this request. */
  readonly state: string;
  /** Sent with the code to the token endpoint (RFC 7636, 4.5). */
  readonly codeVerifier: string;
};

export type AuthorizationRequestOptions = {
  readonly oauthClient: OAuthClient;
  readonly provider: Provider;
  /** The integration's scopes, comma-separated. */
  readonly scopes: StoredOAuthClient["scopes"];
  /** Defaults that the connect session sets for the integration. */
  readonly integrationDefaults: IntegrationDefaults | undefined;
  readonly redirectUri: string;
};

/** Creates an authorization code request with PKCE and state (RFC 6749, 4.1.1; RFC 7636, 4.3). */
export async function createAuthorizationRequest(
  options: AuthorizationRequestOptions,
): Promise<AuthorizationRequest> {
  const { oauthClient, provider, integrationDefaults, redirectUri } = options;
  const state = generateRandomState();
  const codeVerifier = generateRandomCodeVerifier();
  const url = new URL(oauthClient.authorizationUrl);
  const scope = toRequestedScopes(options).join(provider.scope_separator ?? " ");
  // Later entries win, so that configured parameters cannot replace those that the grant needs.
  const parameters = {
    ...provider.authorization_params,
    ...integrationDefaults?.authorization_params,
    ...(scope !== "" && { scope }),
    ...(integrationDefaults?.user_scopes !== undefined && { user_scope: integrationDefaults.user_scopes }),
    response_type: "code",
    client_id: oauthClient.clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url, state, codeVerifier };
}

function toRequestedScopes({ scopes, integrationDefaults }: AuthorizationRequestOptions): string[] {
  const override = integrationDefaults?.connection_config?.oauth_scopes_override;
  const scopeList = typeof override === "string" ? override : (scopes ?? "");
  return scopeList.split(/[,\s]+/).filter((scope) => scope !== "");
}
