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
 * The only way to make a server action. An action is an endpoint that anybody may call with anything, so the order is
 * fixed: session, environment, role, and only then the input. Nothing an action throws reaches its caller.
 */

type ActionCaller = { readonly member: Member; readonly actor: Actor };

/** An action on what belongs to no environment. Expected refusals of `run` are passed on as they are. */
export function memberAction<Schema extends z.ZodType, Value, Refusal>(action: {
  readonly permission: "view" | "administer";
  readonly input: Schema;
  readonly run: (
    call: ActionCaller & { readonly input: z.output<Schema> },
  ) => Promise<Result<Value, Refusal>>;
}): (input: z.input<Schema>) => Promise<Result<Value, Refusal | ServerActionError>> {
  return (input) =>
    catchThrown(async () => {
      const admitted = await authorizeMember(action.permission);
      if (!admitted.ok) return admitted;
      const parsed = action.input.safeParse(input);
      if (!parsed.success) return fail(invalidActionInput(parsed.error));
      return action.run({ ...(await readCaller(admitted.value)), input: parsed.data });
    });
}

/** An action inside one environment, which the caller names beside the input: `{ environment: "dev", ...input }`. */
export function environmentAction<Schema extends z.ZodType, Value, Refusal>(action: {
  readonly permission: Permission;
  readonly input: Schema;
  readonly run: (
    call: ActionCaller & { readonly environment: Environment; readonly input: z.output<Schema> },
  ) => Promise<Result<Value, Refusal>>;
}): (
  input: z.input<Schema> & { readonly environment: string },
) => Promise<Result<Value, Refusal | ServerActionError>> {
  return (input) =>
    catchThrown(async () => {
      const admitted = await authorizeForEnvironment(action.permission, environmentNameIn(input));
      if (!admitted.ok) return admitted;
      const { member, environment } = admitted.value;
      const parsed = action.input.safeParse(input);
      if (!parsed.success) return fail(invalidActionInput(parsed.error));
      return action.run({ ...(await readCaller(member)), environment, input: parsed.data });
    });
}

/** The types above hold for our own pages; over HTTP anything can arrive. */
function environmentNameIn(input: unknown): unknown {
  return typeof input === "object" && input !== null && "environment" in input
    ? input.environment
    : undefined;
}

async function readCaller(member: Member): Promise<ActionCaller> {
  return { member, actor: memberActor(member, readClientInfo(await headers())) };
}

async function catchThrown<Value, Refusal>(
  run: () => Promise<Result<Value, Refusal | ServerActionError>>,
): Promise<Result<Value, Refusal | ServerActionError>> {
  try {
    return await run();
  } catch (error) {
    unstable_rethrow(error);
    return fail(toServerActionError(error));
  }
}
