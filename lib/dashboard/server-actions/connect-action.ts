import "server-only";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import { authenticateSession } from "@/lib/connect/sessions/authenticate";
import { type ConnectError, unknownSessionError } from "@/lib/connect/sessions/connect-errors";
import { type ConnectTarget, findConnectTarget } from "@/lib/connect/sessions/connect-target";
import type { ConnectDependencies } from "@/lib/connect/sessions/save-connection";
import { logAndConvertError } from "@/lib/dashboard/auth/log-and-convert-error";
import { requestOrigin } from "@/lib/dashboard/auth/public-origin";
import {
  invalidActionInput,
  parseActionInput,
  type ServerActionError,
} from "@/lib/dashboard/auth/server-action-error";
import { database } from "@/lib/infrastructure/db/client";
import { log } from "@/lib/infrastructure/log/log";
import { fail, type Result } from "@/lib/infrastructure/result";
import { settings } from "@/lib/infrastructure/settings/settings";

/** `token` authenticates the connect session; `integration` is the key of the integration to connect. */
type ConnectActionInput = { readonly token: string; readonly integration: string };

/** The part of the input that is validated before the session is known. */
const tokenSchema = z.object({ token: z.string().max(255) });

export type ConnectCall<Input> = {
  readonly dependencies: ConnectDependencies;
  readonly target: ConnectTarget;
  readonly input: Input;
  /** The public origin of the request. */
  readonly origin: string;
};

/**
 * Creates a server action of the connect page, which end users call. Checks the connect session, then the rest
 * of the input, then that the session allows the integration, then calls `run`. A thrown error and the `reason`
 * of a `ConnectError` are only logged: the browser gets neither.
 */
export function connectAction<Schema extends z.ZodType<ConnectActionInput>, Value>(action: {
  readonly inputSchema: Schema;
  readonly run: (call: ConnectCall<z.output<Schema>>) => Promise<Result<Value, ConnectError>>;
}): (input: z.input<Schema>) => Promise<Result<Value, ConnectError | ServerActionError>> {
  return async (input) => {
    try {
      const credential = tokenSchema.safeParse(input);
      if (!credential.success) return fail(invalidActionInput);
      const dependencies = { db: database(), masterKey: settings().masterKey };
      const session = await authenticateSession(dependencies.db, credential.data.token);
      if (!session.ok) return fail(unknownSessionError);
      const parsed = parseActionInput(action.inputSchema, input);
      if (!parsed.ok) return parsed;
      const target = await findConnectTarget(dependencies.db, session.value, parsed.value.integration);
      if (!target.ok) return target;
      const origin = await requestOrigin();
      return logAndRemoveReason(
        await action.run({ dependencies, target: target.value, input: parsed.value, origin }),
      );
    } catch (error) {
      // redirect() and notFound() throw errors that Next.js has to handle.
      unstable_rethrow(error);
      return fail(logAndConvertError(error));
    }
  };
}

function logAndRemoveReason<Value>(result: Result<Value, ConnectError>): Result<Value, ConnectError> {
  if (result.ok) return result;
  const { reason, ...error } = result.error;
  if (reason !== undefined) log().warn({ code: error.code, reason }, "connecting an account failed");
  return fail(error);
}
