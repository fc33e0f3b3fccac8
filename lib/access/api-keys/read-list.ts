import type { Environment } from "@/lib/access/environments/model";
import type { MemberRole } from "@/lib/access/members/model";
import { viewOnlyReason } from "@/lib/access/members/roles";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { ApiKeyList } from "./list-dto";
import { maxKeysPerEnvironment } from "./model";
import { listApiKeys } from "./store";

/** Reads an environment's key list for a member with this role. No role gets secrets. */
export async function readApiKeyList(
  db: Queryable,
  environment: Environment,
  role: MemberRole,
): Promise<ApiKeyList> {
  return {
    keys: await listApiKeys(db, environment.id),
    limit: maxKeysPerEnvironment,
    serverTime: new Date().toISOString(),
    viewOnly: viewOnlyReason(role, environment),
  };
}
