import { ok, type Result } from "@/lib/infrastructure/result";
import { locateBinaries } from "./binaries";
import { type ClusterOptions, clusterName, ensureCluster } from "./cluster";
import { stopServer } from "./control";
import { ensurePostgresFolder, ensureRunnableBinaries } from "./folders";
import { joinServer } from "./join";
import { chooseUser } from "./run-as";
import { databaseUrlOf } from "./server-lock";

export type PostgresServer = {
  readonly url: string;
  /** The folder that holds the database. */
  readonly folder: string;
  /**
   * True when the server ran already: for another Latchkey process, or left running by one that was killed.
   */
  readonly wasRunning: boolean;
  /** Stops the server unless another process still uses it. */
  readonly release: () => Promise<void>;
};

/**
 * Starts the embedded PostgreSQL of a data folder, or joins it when it runs already. Safe to call from
 * several processes concurrently. The error is a sentence for people.
 */
export async function openPostgres(
  dataFolder: string,
  options: ClusterOptions = { durable: true },
): Promise<Result<PostgresServer, string>> {
  const runAs = await chooseUser();
  if (!runAs.ok) return runAs;
  const installed = locateBinaries(process.platform, process.arch);
  if (!installed.ok) return installed;
  const binaries = await ensureRunnableBinaries(installed.value, runAs.value);
  if (!binaries.ok) return binaries;
  const folder = await ensurePostgresFolder(dataFolder, runAs.value);
  const cluster = await ensureCluster(folder, binaries.value, runAs.value, options);
  if (!cluster.ok) return cluster;
  const dependencies = { cluster: cluster.value, binaries: binaries.value, runAs: runAs.value };
  const joined = await joinServer(dependencies, options);
  if (!joined.ok) return joined;
  const { serverLock, port, wasRunning } = joined.value;
  return ok({
    url: databaseUrlOf(port, cluster.value.password, clusterName),
    folder,
    wasRunning,
    release: async () => {
      if (await serverLock.release().catch(() => false)) await stopServer(dependencies);
      await serverLock.close();
    },
  });
}
