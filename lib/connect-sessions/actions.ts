"use server";

import { connectAction } from "../auth/connect-action";
import { keepConnectCookie } from "../auth/connect-cookie";
import { fail, ok } from "../result";
import { beginAuthorization, callbackPath } from "./authorization";
import { connect } from "./connect";
import { connectInputSchema } from "./connect-input";
import { settleConfig } from "./connection-config";
import { connectLink } from "./link";
import { unknownTarget } from "./refusal";

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
