import { fail, type Result } from "@/lib/infrastructure/result";

/** Why a call failed, as a page shows it: one sentence, or one per input in `fields`, by the input's name. */
export type ServerCallError = {
  readonly code: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
};

export const unreachableError = {
  code: "unreachable",
  message: "The server did not answer. Try again.",
} as const satisfies ServerCallError;

/**
 * Calls a server action or an internal route. A call without an answer, for example because the network is
 * down, resolves to `unreachableError`. When the session has ended, opens the sign-in page, which leads back
 * to this page, and also returns the error: this page is visible until the next one has loaded.
 */
export async function callServer<Value, Failure extends { readonly code: string }>(
  call: () => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure | typeof unreachableError>> {
  const result = await settle(call);
  if (!result.ok && result.error.code === "unauthenticated") openSignIn();
  return result;
}

async function settle<Value, Failure>(
  call: () => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure | typeof unreachableError>> {
  try {
    return await call();
  } catch {
    return fail(unreachableError);
  }
}

function openSignIn(): void {
  location.assign(`/signin?callbackUrl=${encodeURIComponent(location.pathname + location.search)}`);
}
