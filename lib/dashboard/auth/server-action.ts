import "server-only";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { Actor } from "@/lib/access/audit/model";
import type { Environment } from "@/lib/access/environments/model";
import type { Member } from "@/lib/access/members/model";
import type { Permission } from "@/lib/access/members/roles";
import { fail, type Result } from "@/lib/infrastructure/result";
import { authorizeForEnvironment, authorizeForInstallation } from "./authorize";
import { memberActor, readClientInfo } from "./client-info";
import { logAndConvertError } from "./log-and-convert-error";
import { parseActionInput, type ServerActionError } from "./server-action-error";

/*
 * The functions here create every server action that a signed-in member can call. A server action is a public
 * endpoint and accepts any input, so the order of the checks is fixed: session, environment and role, then
 * the input. A thrown error is logged, and the browser gets an error without its details.
 */

/** `member` called the action. `actor` is the same member as the audit log records them. */
type ActionCaller = { readonly member: Member; readonly actor: Actor };

/**
 * Creates an action that belongs to no environment, such as inviting a member. The browser gets the errors
 * that `run` returns unchanged.
 */
export function installationAction<Schema extends z.ZodType, Value, Failure>(action: {
  readonly permission: "view" | "administer";
  readonly inputSchema: Schema;
  readonly run: (
    call: ActionCaller & { readonly input: z.output<Schema> },
  ) => Promise<Result<Value, Failure>>;
}): (input: z.input<Schema>) => Promise<Result<Value, Failure | ServerActionError>> {
  return (input) =>
    convertThrownErrors(async () => {
      const authorized = await authorizeForInstallation(action.permission);
      if (!authorized.ok) return authorized;
      const parsed = parseActionInput(action.inputSchema, input);
      if (!parsed.ok) return parsed;
      return action.run({ ...(await readCaller(authorized.value)), input: parsed.value });
    });
}

/**
 * Creates an action inside one environment. The browser adds the environment's name to the other fields: `{
 * environment: "dev", id: 7 }`.
 */
export function environmentAction<Schema extends z.ZodType, Value, Failure>(action: {
  readonly permission: Permission;
  readonly inputSchema: Schema;
  readonly run: (
    call: ActionCaller & { readonly environment: Environment; readonly input: z.output<Schema> },
  ) => Promise<Result<Value, Failure>>;
}): (
  input: z.input<Schema> & { readonly environment: string },
) => Promise<Result<Value, Failure | ServerActionError>> {
  return (input) =>
    convertThrownErrors(async () => {
      const authorized = await authorizeForEnvironment(action.permission, readEnvironmentName(input));
      if (!authorized.ok) return authorized;
      const { member, environment } = authorized.value;
      const parsed = parseActionInput(action.inputSchema, input);
      if (!parsed.ok) return parsed;
      return action.run({ ...(await readCaller(member)), environment, input: parsed.value });
    });
}

/**
 * Reads the environment's name from an input that is not validated yet. A client can send a value of any
 * type.
 */
function readEnvironmentName(input: unknown): unknown {
  return typeof input === "object" && input !== null && "environment" in input
    ? input.environment
    : undefined;
}

async function readCaller(member: Member): Promise<ActionCaller> {
  return { member, actor: memberActor(member, readClientInfo(await headers())) };
}

async function convertThrownErrors<Value, Failure>(
  run: () => Promise<Result<Value, Failure | ServerActionError>>,
): Promise<Result<Value, Failure | ServerActionError>> {
  try {
    return await run();
  } catch (error) {
    // redirect() and notFound() throw errors that Next.js has to handle.
    unstable_rethrow(error);
    return fail(logAndConvertError(error));
  }
}
