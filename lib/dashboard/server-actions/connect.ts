"use server";

import { beginAuthorization, callbackPath } from "@/lib/connect/sessions/authorization";
import { unknownIntegrationError } from "@/lib/connect/sessions/connect-errors";
import { connectInputSchema } from "@/lib/connect/sessions/connect-input";
import { formatConnectLink } from "@/lib/connect/sessions/connect-link";
import { validateConnectionConfig } from "@/lib/connect/sessions/connection-config";
import { saveConnection } from "@/lib/connect/sessions/save-connection";
import { fail, ok } from "@/lib/infrastructure/result";
import { connectAction } from "./connect-action";
import { setConnectCookie } from "./connect-cookie";

/**
 * Connects an account, or starts to: with OAuth, `nextUrl` is the provider's authorization page. Otherwise
 * `nextUrl` is the connect page, which then shows that the account is connected.
 */
export const connectAccountAction = connectAction({
  inputSchema: connectInputSchema,
  run: async ({ dependencies, target, input, origin }) => {
    const { provider, presetConfig } = target;
    const { token, config, credentials } = input;
    if (provider.auth_mode !== credentials.type) return fail(unknownIntegrationError);
    if (credentials.type === "OAUTH2") {
      const begun = await beginAuthorization(dependencies, target, config, origin + callbackPath);
      if (!begun.ok) return begun;
      await setConnectCookie(begun.value.state, token, origin);
      return ok({ nextUrl: begun.value.url });
    }
    const connectionConfig = validateConnectionConfig(provider, presetConfig, config);
    if (!connectionConfig.ok) return connectionConfig;
    const connected = await saveConnection(dependencies, target, {
      credentials,
      connectionConfig: connectionConfig.value,
    });
    return connected.ok ? ok({ nextUrl: formatConnectLink("", token) }) : connected;
  },
});
