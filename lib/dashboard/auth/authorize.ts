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

/** Who is asking, when their role allows it anywhere. */
export async function authorizeMember(
  permission: Exclude<Permission, "manage_environment">,
): Promise<Result<Member, ServerActionError>> {
  const member = await currentMember();
  if (member === null) return fail(unauthenticated);
  return hasPermission(member.role, permission, null) ? ok(member) : fail(forbidden);
}

/** Who is asking and of which environment, when their role allows it there. */
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

/** What the asker is told of a thrown error. The log gets the rest, once. */
export function toServerActionError(error: unknown): ServerActionError {
  if (isDatabaseUnreachable(error)) {
    log().warn({ err: error }, "The database does not answer");
    return unavailable;
  }
  const requestId = crypto.randomUUID();
  log().error({ err: error, requestId }, "An action failed");
  return unexpectedError(requestId);
}
