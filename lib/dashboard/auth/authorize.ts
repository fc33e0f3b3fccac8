import "server-only";
import type { Environment } from "@/lib/access/environments/model";
import type { Member } from "@/lib/access/members/model";
import { hasPermission, type Permission } from "@/lib/access/members/roles";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { findEnvironmentByName } from "./environment";
import {
  environmentNotFound,
  forbidden,
  type ServerActionError,
  unauthenticated,
} from "./server-action-error";
import { currentMember } from "./session";

/**
 * Returns the signed-in member if their role has `permission`. For the permissions that depend on no
 * environment.
 */
export async function authorizeForInstallation(
  permission: Exclude<Permission, "manage_environment">,
): Promise<Result<Member, ServerActionError>> {
  const member = await currentMember();
  if (member === null) return fail(unauthenticated);
  return hasPermission(member.role, permission) ? ok(member) : fail(forbidden);
}

/** Returns the signed-in member and the environment if the member's role has `permission` in it. */
export async function authorizeForEnvironment(
  permission: Permission,
  /** Not validated yet. */
  environmentName: unknown,
): Promise<Result<{ readonly member: Member; readonly environment: Environment }, ServerActionError>> {
  const member = await currentMember();
  if (member === null) return fail(unauthenticated);
  const environment =
    typeof environmentName === "string" ? await findEnvironmentByName(environmentName) : null;
  if (environment === null) return fail(environmentNotFound);
  return hasPermission(member.role, permission, environment) ? ok({ member, environment }) : fail(forbidden);
}
