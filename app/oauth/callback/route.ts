import { authenticateSession } from "@/lib/connect/sessions/authenticate";
import { callbackPath, finishAuthorization } from "@/lib/connect/sessions/authorization";
import { connectPagePath, formatConnectLink } from "@/lib/connect/sessions/connect-link";
import { logAndConvertError } from "@/lib/dashboard/auth/log-and-convert-error";
import { requestOrigin } from "@/lib/dashboard/auth/public-origin";
import { consumeConnectCookie } from "@/lib/dashboard/server-actions/connect-cookie";
import { database } from "@/lib/infrastructure/db/client";
import { log } from "@/lib/infrastructure/log/log";
import { createOutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { settings } from "@/lib/infrastructure/settings/settings";

/** Redirect URI of OAuth authorizations. Completes the connection, then redirects to the connect page. */
export async function GET(request: Request): Promise<Response> {
  const parameters = new URL(request.url).searchParams;
  const token = await consumeConnectCookie(parameters.get("state") ?? "");
  if (token === null) return redirectTo(`${connectPagePath}?problem=lost`);
  const errorCode = await finishCallback(token, parameters);
  return redirectTo(formatConnectLink("", token) + (errorCode === null ? "" : `&problem=${errorCode}`));
}

/** Returns the error code; null when the account is connected. */
async function finishCallback(token: string, parameters: URLSearchParams): Promise<string | null> {
  try {
    const { masterKey, proxyAllowPrivate } = settings();
    const dependencies = { db: database(), masterKey, outbound: createOutboundPolicy(proxyAllowPrivate) };
    const session = await authenticateSession(dependencies.db, token);
    if (!session.ok) return "unknown_session";
    const redirectUri = (await requestOrigin()) + callbackPath;
    const finished = await finishAuthorization(dependencies, session.value, parameters, redirectUri);
    if (finished.ok) return null;
    const { code, reason } = finished.error;
    if (reason !== undefined) log().warn({ code, reason }, "connecting an account failed");
    return code;
  } catch (error) {
    return logAndConvertError(error).code;
  }
}

function redirectTo(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
}
