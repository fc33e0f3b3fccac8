import type { ApiKeyList } from "@/lib/access/api-keys/list-dto";
import type { ApiKeySummary } from "@/lib/access/api-keys/model";
import { readApiKeyList } from "@/lib/access/api-keys/read-list";
import { findApiKeys } from "@/lib/access/api-keys/store";
import type { Environment } from "@/lib/access/environments/model";
import { findEnvironment } from "@/lib/access/environments/store";
import type { MemberRole } from "@/lib/access/members/model";
import { findMember } from "@/lib/access/members/store";
import type { Database } from "@/lib/infrastructure/db/client";

/** The database queries for the events of the live list. */
export type LiveQueries = {
  readonly keyList: (environment: Environment, role: MemberRole) => Promise<ApiKeyList>;
  /** Leaves out ids that no key has. */
  readonly keysById: (environmentId: number, ids: readonly number[]) => Promise<readonly ApiKeySummary[]>;
  readonly environmentByName: (name: string) => Promise<Environment | null>;
  /** Null when the member was removed. */
  readonly memberRole: (memberId: number) => Promise<MemberRole | null>;
};

export function createLiveQueries(db: Database): LiveQueries {
  return {
    keyList: (environment, role) => readApiKeyList(db, environment, role),
    keysById: (environmentId, ids) => findApiKeys(db, environmentId, ids),
    environmentByName: (name) => findEnvironment(db, name),
    memberRole: async (memberId) => (await findMember(db, memberId))?.role ?? null,
  };
}
