import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { authenticateSession } from "@/lib/connect/sessions/authenticate";
import type { ConnectParts } from "@/lib/connect/sessions/connect";
import { type ConnectRefusal, unknownSession } from "@/lib/connect/sessions/refusal";
import { findTarget, type Target } from "@/lib/connect/sessions/target";
import { refusalOf } from "@/lib/dashboard/auth/guard";
import { requestOrigin } from "@/lib/dashboard/auth/public-origin";
import { type ActionRefusal, invalid } from "@/lib/dashboard/auth/refusal";
import { database } from "@/lib/infrastructure/db/client";
import { settings } from "@/lib/infrastructure/env/env";
import { log } from "@/lib/infrastructure/log/log";
import { fail, type Result } from "@/lib/infrastructure/result";

/** Names the session, by the token that is the only right that counts here, and what of it is to be connected. */
type Asked = { readonly token: string; readonly integration: string };

export type ConnectCall<Input> = {
  readonly parts: ConnectParts;
  readonly target: Target;
  readonly input: Input;
  /** The address at which the person reached us. */
  readonly origin: string;
};

/**
 * The only way to make an action of the connect page, whose people are no members. Session first, then the integration
 * it must allow, then `run`. Nothing an action throws, and no reason that is for the log, reaches its caller.
 */
export function connectAction<Schema extends z.ZodType<Asked>, Value>(action: {
  readonly input: Schema;
  readonly run: (call: ConnectCall<z.output<Schema>>) => Promise<Result<Value, ConnectRefusal>>;
}): (input: z.input<Schema>) => Promise<Result<Value, ConnectRefusal | ActionRefusal>> {
  return async (input) => {
    try {
      const parsed = action.input.safeParse(input);
      if (!parsed.success) return fail(invalid(parsed.error));
      const { token, integration } = parsed.data;
      const parts = { db: database(), masterKey: settings().masterKey };
      const session = await authenticateSession(parts.db, token);
      if (!session.ok) return fail(unknownSession);
      const target = await findTarget(parts.db, session.value, integration);
      if (!target.ok) return target;
      const origin = await requestOrigin();
      return withoutReason(await action.run({ parts, target: target.value, input: parsed.data, origin }));
    } catch (error) {
      unstable_rethrow(error);
      return fail(refusalOf(error));
    }
  };
}

function withoutReason<Value>(answer: Result<Value, ConnectRefusal>): Result<Value, ConnectRefusal> {
  if (answer.ok) return answer;
  const { reason, ...shown } = answer.error;
  if (reason !== undefined) log().warn({ code: shown.code, reason }, "connecting failed");
  return fail(shown);
}
