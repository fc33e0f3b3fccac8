import type { DeployedFunction } from "@/lib/functions/definitions/model";
import { findFunctionCode } from "@/lib/functions/definitions/store";
import type { FunctionRunError, FunctionRunner } from "@/lib/functions/runner/runner";
import type { Queryable } from "@/lib/infrastructure/db/client";
import type { Result } from "@/lib/infrastructure/result";
import type { Connection } from "@/lib/upstream/connections/model";

export type ActionInvocation = {
  readonly connection: Connection;
  readonly action: DeployedFunction;
  /** Any JSON value. */
  readonly input: unknown;
};

/** Runs the current version of an action on a connection, without retries. Returns its output. */
export async function runAction(
  db: Queryable,
  runner: FunctionRunner,
  environmentId: number,
  { connection, action, input }: ActionInvocation,
): Promise<Result<unknown, FunctionRunError>> {
  const code = await findFunctionCode(db, environmentId, action.id, action.version);
  if (code === null) throw new Error(`Function ${action.id} has no code for its version`);
  const { connectionId, providerConfigKey, provider, metadata, connectionConfig } = connection;
  return runner.runAction({
    environmentId,
    connection: { connectionId, providerConfigKey, provider, metadata, connectionConfig },
    action,
    code,
    input,
  });
}
