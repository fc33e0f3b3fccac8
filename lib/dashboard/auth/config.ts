import "server-only";
import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { log } from "@/lib/infrastructure/log/log";
import { settings } from "@/lib/infrastructure/settings/settings";
import { authenticateWithPassword, authenticateWithSetupLink } from "./credentials";
import { safeReturnPath } from "./return-path";
import { parseSessionToken, sessionCookie, sessionMaxAgeSeconds } from "./session-token";

const email = { type: "email" };
const password = { type: "password" };

/**
 * Creates the options of next-auth 4. A function and not a constant, because a build cannot read the
 * settings.
 */
export function authOptions(): AuthOptions {
  const cookie = sessionCookie();
  return {
    secret: settings().authSecret,
    session: { strategy: "jwt", maxAge: sessionMaxAgeSeconds },
    useSecureCookies: cookie.secure,
    cookies: {
      sessionToken: {
        name: cookie.name,
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: cookie.secure },
      },
    },
    pages: { signIn: "/signin", error: "/signin", signOut: "/" },
    providers: [
      Credentials({
        credentials: { email, password },
        authorize: (credentials, request) => authenticateWithPassword(credentials, request.headers),
      }),
      Credentials({
        id: "setup-link",
        credentials: { token: {}, email, password },
        authorize: (credentials, request) => authenticateWithSetupLink(credentials, request.headers),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        const signedIn = user && { memberId: Number(user.id), sessionEpoch: user.sessionEpoch };
        return { ...parseSessionToken(signedIn ?? token) };
      },
      // The browser gets no more than this. Pages are rendered on the server, which reads the member from the
      // database.
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => {
        const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
        return baseUrl + safeReturnPath(path);
      },
    },
    logger: {
      error: (code, error) => log().error({ code, err: error }, "next-auth"),
      warn: (code) => log().debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}
