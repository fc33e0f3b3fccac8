import "server-only";
import type { User } from "next-auth";
import { z } from "zod";
import { emailSchema, passwordSchema } from "@/lib/access/members/model";
import { readSetupLink } from "@/lib/access/members/setup-link";
import { type SignedInMember, signIn, signInBySetupLink } from "@/lib/access/members/sign-in";
import { database } from "@/lib/infrastructure/db/client";
import { readClientInfo } from "./client-info";
import { logAndConvertError } from "./log-and-convert-error";

/*
 * The `authorize` functions of the two next-auth providers. They return null for wrong credentials and throw
 * for other errors. next-auth puts the message of a thrown error into a URL, so each message is one short
 * code.
 */

export type RequestHeaders = Readonly<Record<string, unknown>> | undefined;

const passwordFormSchema = z.object({ email: z.string(), password: z.string() });
const setupLinkFormSchema = z.object({
  token: z.string().max(200),
  email: z.string().default(""),
  password: z.string(),
});

export async function authenticateWithPassword(
  credentials: unknown,
  headers: RequestHeaders,
): Promise<User | null> {
  const form = passwordFormSchema.safeParse(credentials);
  if (!form.success) return null;
  const signedIn = await rethrowAsCode(() => signIn(database(), toClientInfo(headers), form.data));
  if (signedIn.ok) return toUser(signedIn.value);
  if (signedIn.error.code === "throttled") throw new Error(`throttled-${signedIn.error.minutes}`);
  return null;
}

export async function authenticateWithSetupLink(
  credentials: unknown,
  headers: RequestHeaders,
): Promise<User | null> {
  const form = setupLinkFormSchema.safeParse(credentials);
  if (!form.success) return null;
  const { token } = form.data;
  const link = await rethrowAsCode(() => readSetupLink(database(), token, new Date()));
  if (!link.ok) throw new Error(link.error.code);
  const email = link.value.email ?? emailSchema.safeParse(form.data.email).data;
  if (email === undefined) throw new Error("invalid_email");
  const password = passwordSchema.safeParse(form.data.password).data;
  if (password === undefined) throw new Error("invalid_password");
  const signedIn = await rethrowAsCode(() =>
    signInBySetupLink(database(), toClientInfo(headers), { token, email, password }, new Date()),
  );
  if (!signedIn.ok) throw new Error(signedIn.error.code);
  return toUser(signedIn.value);
}

function toUser({ memberId, sessionEpoch }: SignedInMember): User {
  return { id: String(memberId), sessionEpoch };
}

function toClientInfo(headers: RequestHeaders) {
  const strings = Object.entries(headers ?? {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === "string",
  );
  return readClientInfo(new Headers(strings));
}

/** Logs a thrown error and throws another one whose message is only the code. */
async function rethrowAsCode<Value>(run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    throw new Error(logAndConvertError(error).code);
  }
}

declare module "next-auth" {
  interface User {
    sessionEpoch: number;
  }
}
