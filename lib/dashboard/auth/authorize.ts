import "server-only";
import type { Environment } from "@/lib/access/environments/model";
import type { Member } from "@/lib/access/members/model";
import { hasPermission, type Permission } from "@/lib/access/members/roles";
import { isDatabaseUnreachable } from "@/lib/infrastructure/db/database-unreachable";
import { log } from "@/lib/infrastructure/log/log";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { findEnvironmentByName } from "./environment";
import {
  environmentNotFound,
  forbidden,
  type ServerActionError,
  unauthenticated,
  unavailable,
  unexpectedError,
} from "./server-action-error";
import { currentMember } from "./session";

/** Returns the signed-in member if their role has `permission` in every environment. */
export async function authorizeMember(
  permission: Exclude<Permission, "manage_environment">,
): Promise<Result<Member, ServerActionError>> {
  const member = await currentMember();
  if (member === null) return fail(unauthenticated);
  return hasPermission(member.role, permission, null) ? ok(member) : fail(forbidden);
}

/** Returns the signed-in member and the named environment if their role has `permission` there. */
export async function authorizeForEnvironment(
  permission: Permission,
  name: unknown,
): Promise<Result<{ readonly member: Member; readonly environment: Environment }, ServerActionError>> {
  const member = await currentMember();
  if (member === null) return fail(unauthenticated);
  const environment = typeof name === "string" ? await findEnvironmentByName(name) : null;
  if (environment === null) return fail(environmentNotFound);
  return hasPermission(member.role, permission, environment) ? ok({ member, environment }) : fail(forbidden);
}

/** Logs a thrown error once and returns the error to show the member, without details. */
export function toServerActionError(error: unknown): ServerActionError {
  if (isDatabaseUnreachable(error)) {
    log().warn({ err: error }, "database unreachable");
    return unavailable;
  }
  const requestId = crypto.randomUUID();
  log().error({ err: error, requestId }, "dashboard request failed");
  return unexpectedError(requestId);
}
