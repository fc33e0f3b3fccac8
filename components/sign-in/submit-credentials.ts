import { z } from "zod/mini";

const csrfSchema = z.object({ csrfToken: z.string() });
const answerSchema = z.object({ url: z.string() });

export type CredentialsResult =
  | { readonly ok: true; readonly path: string }
  /** next-auth's or our own word for what is wrong: see `lib/auth/config.ts`. */
  | { readonly ok: false; readonly code: string };

/**
 * Asks next-auth for a session over its own HTTP interface: a token against forged forms, then the credentials. Its
 * browser client would be loaded for nothing else.
 */
export async function submitCredentials(
  provider: "credentials" | "setup-link",
  fields: Readonly<Record<string, string>>,
): Promise<CredentialsResult> {
  try {
    const { csrfToken } = csrfSchema.parse(await (await fetch("/api/auth/csrf")).json());
    const response = await fetch(`/api/auth/callback/${provider}`, {
      method: "POST",
      body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
    });
    const url = new URL(answerSchema.parse(await response.json()).url, location.origin);
    if (response.ok) return { ok: true, path: url.pathname + url.search + url.hash };
    return { ok: false, code: url.searchParams.get("error") ?? "unexpected" };
  } catch {
    return { ok: false, code: "unreachable" };
  }
}

/** What a person is told, for the words both forms share. */
export function formatSignInError(code: string): string {
  const minutes = /^throttled-(\d+)$/.exec(code)?.[1];
  if (minutes !== undefined) {
    return `Too many attempts; try again in ${minutes} ${minutes === "1" ? "minute" : "minutes"}`;
  }
  if (code === "CredentialsSignin") return "E-mail or password is wrong";
  if (code === "unreachable") return "Latchkey does not answer. Check your connection and try again.";
  if (code === "unavailable") return "The database does not answer. Try again in a moment.";
  return "Something went wrong. Try again.";
}
