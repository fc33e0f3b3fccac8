"use server";

import { beginAuthorization, callbackPath } from "@/lib/connect/sessions/authorization";
import { connect } from "@/lib/connect/sessions/connect";
import { connectInputSchema } from "@/lib/connect/sessions/connect-input";
import { settleConfig } from "@/lib/connect/sessions/connection-config";
import { connectLink } from "@/lib/connect/sessions/link";
import { unknownTarget } from "@/lib/connect/sessions/refusal";
import { fail, ok } from "@/lib/infrastructure/result";
import { connectAction } from "./connect-action";
import { keepConnectCookie } from "./connect-cookie";

/**
 * Connects an account. Says where the person goes next: to the provider, or back to our page, which then says that it
 * is connected.
 */
export const connectAccount = connectAction({
  input: connectInputSchema,
  run: async ({ parts, target, input, origin }) => {
    const { provider, preset } = target;
    const { token, config, credentials } = input;
    if (provider.auth_mode !== credentials.type) return fail(unknownTarget);
    if (credentials.type === "OAUTH2") {
      const begun = await beginAuthorization(parts, target, config, origin + callbackPath);
      if (!begun.ok) return begun;
      await keepConnectCookie(begun.value.state, token, origin);
      return ok({ leadsTo: begun.value.url });
    }
    const connectionConfig = settleConfig(provider, preset, config);
    if (!connectionConfig.ok) return connectionConfig;
    const connected = await connect(parts, target, { credentials, connectionConfig: connectionConfig.value });
    return connected.ok ? ok({ leadsTo: connectLink("", token) }) : connected;
  },
});
