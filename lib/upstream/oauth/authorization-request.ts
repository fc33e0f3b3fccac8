import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomState } from "oauth4webapi";
import type { IntegrationDefaults, StoredOAuthClient } from "@/lib/upstream/integrations/model";
import type { Provider } from "@/lib/upstream/providers/model";
import type { OAuthClient } from "./oauth-client";

export type AuthorizationRequest = {
  /** Where the person says yes or no. */
  readonly url: URL;
  /** Comes back with the answer and ties it to this request; the verifier goes with the code to the token endpoint. */
  readonly state: string;
  readonly codeVerifier: string;
};

export type AuthorizationRequestOptions = {
  readonly oauth: OAuthClient;
  readonly provider: Provider;
  /** The integration's scopes, with commas between. */
  readonly scopes: StoredOAuthClient["scopes"];
  readonly defaults: IntegrationDefaults | undefined;
  readonly redirectUri: string;
};

/** An authorization request by code, with PKCE and state (RFC 6749, 4.1.1; RFC 7636, 4.3). */
export async function createAuthorizationRequest(
  parts: AuthorizationRequestOptions,
): Promise<AuthorizationRequest> {
  const { oauth, provider, defaults, redirectUri } = parts;
  const state = generateRandomState();
  const codeVerifier = generateRandomCodeVerifier();
  const url = new URL(oauth.authorizationUrl);
  const scope = requestedScopes(parts).join(provider.scope_separator ?? " ");
  // Later ones win: nothing that was configured replaces what the grant stands on.
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
  const wanted = typeof override === "string" ? override : (scopes ?? "");
  return wanted.split(/[,\s]+/).filter((scope) => scope !== "");
}
