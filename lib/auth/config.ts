import "server-only";
import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { database } from "../db/client";
import { settings } from "../env";
import { log } from "../log";
import { signIn } from "../members/sign-in";
import { refusalOf } from "./guard";
import { originOf } from "./origin";
import { safeReturnPath } from "./return-path";
import { parseSessionToken, sessionCookie, sessionSeconds } from "./session-token";

const credentialsSchema = z.object({ email: z.string(), password: z.string() });

/** next-auth puts the message of a thrown error into an address, so it is one of these words and nothing else. */
async function authorize(given: unknown, headers: Readonly<Record<string, unknown>> | undefined) {
  const parsed = credentialsSchema.safeParse(given);
  if (!parsed.success) return null;
  const strings = Object.entries(headers ?? {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === "string",
  );
  const signedIn = await signIn(database(), originOf(new Headers(strings)), parsed.data).catch(
    (error: unknown) => {
      throw new Error(refusalOf(error).code);
    },
  );
  if (signedIn.ok) return { id: String(signedIn.value.memberId), sessionEpoch: signedIn.value.sessionEpoch };
  if (signedIn.error.code === "throttled") throw new Error(`throttled-${signedIn.error.minutes}`);
  return null;
}

/** Options of next-auth 4, made when first asked for: the settings are known only in a running process. */
export function authOptions(): AuthOptions {
  const cookie = sessionCookie();
  return {
    secret: settings().authSecret,
    session: { strategy: "jwt", maxAge: sessionSeconds },
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
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (given, request) => authorize(given, request.headers),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        const known =
          user === undefined ? token : { memberId: Number(user.id), sessionEpoch: user.sessionEpoch };
        return { ...parseSessionToken(known) };
      },
      // The browser needs nothing of it: pages are rendered for the member that the database knows.
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

declare module "next-auth" {
  interface User {
    sessionEpoch: number;
  }
}
