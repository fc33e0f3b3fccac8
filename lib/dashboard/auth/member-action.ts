import "server-only";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { Actor } from "@/lib/access/audit/model";
import type { Environment } from "@/lib/access/environments/model";
import type { Member } from "@/lib/access/members/model";
import type { Permission } from "@/lib/access/members/roles";
import { fail, type Result } from "@/lib/infrastructure/result";
import { authorizeForEnvironment, authorizeMember, toServerActionError } from "./authorize";
import { memberActor, readClientInfo } from "./client-info";
import { invalidActionInput, type ServerActionError } from "./server-action-error";

/*
 * Creates server actions. Every action of a member uses it. An action is a public endpoint that accepts any
 * input, so the order is fixed: session, environment, role, and only then the input. Thrown errors never
 * reach the caller.
 */

type ActionCaller = { readonly member: Member; readonly actor: Actor };

/** Creates an action outside of any environment. Errors that `run` returns reach the caller unchanged. */
export function memberAction<Schema extends z.ZodType, Value, Failure>(action: {
  readonly permission: "view" | "administer";
  readonly input: Schema;
  readonly run: (
    call: ActionCaller & { readonly input: z.output<Schema> },
  ) => Promise<Result<Value, Failure>>;
}): (input: z.input<Schema>) => Promise<Result<Value, Failure | ServerActionError>> {
  return (input) =>
    catchThrown(async () => {
      const authorized = await authorizeMember(action.permission);
      if (!authorized.ok) return authorized;
      const parsed = action.input.safeParse(input);
      if (!parsed.success) return fail(invalidActionInput(parsed.error));
      return action.run({ ...(await readCaller(authorized.value)), input: parsed.data });
    });
}

/**
 * Creates an action inside one environment, which the caller names in the input: `{ environment: "dev",
 * ...input }`.
 */
export function environmentAction<Schema extends z.ZodType, Value, Failure>(action: {
  readonly permission: Permission;
  readonly input: Schema;
  readonly run: (
    call: ActionCaller & { readonly environment: Environment; readonly input: z.output<Schema> },
  ) => Promise<Result<Value, Failure>>;
}): (
  input: z.input<Schema> & { readonly environment: string },
) => Promise<Result<Value, Failure | ServerActionError>> {
  return (input) =>
    catchThrown(async () => {
      const authorized = await authorizeForEnvironment(action.permission, environmentNameIn(input));
      if (!authorized.ok) return authorized;
      const { member, environment } = authorized.value;
      const parsed = action.input.safeParse(input);
      if (!parsed.success) return fail(invalidActionInput(parsed.error));
      return action.run({ ...(await readCaller(member)), environment, input: parsed.data });
    });
}

/** Reads the environment of an unvalidated input: over HTTP it can have any type. */
function environmentNameIn(input: unknown): unknown {
  return typeof input === "object" && input !== null && "environment" in input
    ? input.environment
    : undefined;
}

async function readCaller(member: Member): Promise<ActionCaller> {
  return { member, actor: memberActor(member, readClientInfo(await headers())) };
}

async function catchThrown<Value, Failure>(
  run: () => Promise<Result<Value, Failure | ServerActionError>>,
): Promise<Result<Value, Failure | ServerActionError>> {
  try {
    return await run();
  } catch (error) {
    unstable_rethrow(error);
    return fail(toServerActionError(error));
  }
}
