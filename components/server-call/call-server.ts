import { fail, type Result } from "@/lib/infrastructure/result";

/**
 * Why a call failed. `message` is shown to the member. `fields` has a message for each input with an error,
 * by the input's name.
 */
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
 * Calls a server action or an internal route. Returns `unreachableError` when there is no response, for
 * example because the network is down. When the session has ended, opens the sign-in page, which returns to
 * this page afterwards. Also returns the error then, because this page stays visible until the next one has
 * loaded.
 */
export async function callServer<Value, Failure extends { readonly code: string }>(
  call: () => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure | typeof unreachableError>> {
  const result = await callWithoutThrowing(call);
  if (!result.ok && result.error.code === "unauthenticated") openSignIn();
  return result;
}

async function callWithoutThrowing<Value, Failure>(
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
