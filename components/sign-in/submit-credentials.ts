import { z } from "zod/mini";
import { callServer, unreachableError } from "@/components/server-call/call-server";
import { fail, ok, type Result } from "@/lib/infrastructure/result";

const csrfSchema = z.object({ csrfToken: z.string() });
const callbackSchema = z.object({ url: z.string() });

/** `code` is an error code of next-auth or of `lib/dashboard/auth/credentials.ts`. */
type SignInError = { readonly code: string };

/**
 * Signs in through next-auth's HTTP interface: gets a CSRF token, then sends it with the credentials.
 * Resolves to the path to open next. Does not use next-auth's browser client, which the page would load for
 * this call alone.
 */
export async function submitCredentials(
  provider: "credentials" | "setup-link",
  fields: Readonly<Record<string, string>>,
): Promise<Result<string, SignInError>> {
  return callServer(async () => {
    const { csrfToken } = csrfSchema.parse(await (await fetch("/api/auth/csrf")).json());
    const response = await fetch(`/api/auth/callback/${provider}`, {
      method: "POST",
      body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
    });
    const url = new URL(callbackSchema.parse(await response.json()).url, location.origin);
    if (response.ok) return ok(url.pathname + url.search + url.hash);
    return fail({ code: url.searchParams.get("error") ?? "unexpected" });
  });
}

/** Formats an error that both forms can get as a message for the member. */
export function formatSignInError(code: string): string {
  const minutes = /^throttled-(\d+)$/.exec(code)?.[1];
  if (minutes !== undefined) {
    return `Too many attempts. Try again in ${minutes} ${minutes === "1" ? "minute" : "minutes"}.`;
  }
  if (code === "CredentialsSignin") return "Wrong email or password";
  if (code === unreachableError.code) return unreachableError.message;
  if (code === "unavailable") return "The database is unavailable. Try again in a moment.";
  return "Something went wrong. Try again.";
}
