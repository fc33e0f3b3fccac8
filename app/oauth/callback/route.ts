import { authenticateSession } from "@/lib/connect/sessions/authenticate";
import { callbackPath, finishAuthorization } from "@/lib/connect/sessions/authorization";
import { connectLink, connectPagePath } from "@/lib/connect/sessions/link";
import { refusalOf } from "@/lib/dashboard/auth/guard";
import { requestOrigin } from "@/lib/dashboard/auth/public-origin";
import { takeConnectCookie } from "@/lib/dashboard/server-actions/connect-cookie";
import { database } from "@/lib/infrastructure/db/client";
import { settings } from "@/lib/infrastructure/env/env";
import { log } from "@/lib/infrastructure/log/log";
import { systemOutbound } from "@/lib/infrastructure/net/outbound";

/** Where providers send people back to. What came of it is shown by the connect page. */
export async function GET(request: Request): Promise<Response> {
  const parameters = new URL(request.url).searchParams;
  const token = await takeConnectCookie(parameters.get("state") ?? "");
  if (token === null) return leadTo(`${connectPagePath}?problem=lost`);
  const problem = await finish(token, parameters);
  return leadTo(connectLink("", token) + (problem === null ? "" : `&problem=${problem}`));
}

/** The code of what went wrong; null when the account is connected. */
async function finish(token: string, parameters: URLSearchParams): Promise<string | null> {
  try {
    const { masterKey, proxyAllowPrivate } = settings();
    const parts = { db: database(), masterKey, outbound: systemOutbound(proxyAllowPrivate) };
    const session = await authenticateSession(parts.db, token);
    if (!session.ok) return "unknown_session";
    const redirectUri = (await requestOrigin()) + callbackPath;
    const finished = await finishAuthorization(parts, session.value, parameters, redirectUri);
    if (finished.ok) return null;
    const { code, reason } = finished.error;
    if (reason !== undefined) log().warn({ code, reason }, "connecting failed");
    return code;
  } catch (error) {
    return refusalOf(error).code;
  }
}

function leadTo(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
}
