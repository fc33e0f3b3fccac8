import type { Result } from "@/lib/infrastructure/result";

export type UnreachableError = { readonly code: "unreachable"; readonly message: string };

/** Waits for an action. A call that never got through is a refusal like any other, to be shown where it was made. */
export async function toResult<Value, Refusal>(
  call: Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal | UnreachableError>> {
  try {
    return await call;
  } catch {
    return {
      ok: false,
      error: {
        code: "unreachable",
        message: "No answer from the server. Check the list before you try again.",
      },
    };
  }
}
