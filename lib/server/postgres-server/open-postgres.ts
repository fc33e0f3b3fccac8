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
  /** True when it ran already: for another process of ours, or left behind by one that was killed. */
  readonly wasRunning: boolean;
  /** Stops the server unless another process still uses it. */
  readonly release: () => Promise<void>;
};

/**
 * Starts the private PostgreSQL of a data folder, or joins the one that runs there. Safe when several processes do it
 * at once. Every failure is one sentence for people.
 */
export async function openPostgres(
  dataFolder: string,
  options: ClusterOptions = { durable: true },
): Promise<Result<PostgresServer, string>> {
  const as = await chooseUser();
  if (!as.ok) return as;
  const installed = locateBinaries(process.platform, process.arch);
  if (!installed.ok) return installed;
  const binaries = await ensureRunnableBinaries(installed.value, as.value);
  if (!binaries.ok) return binaries;
  const folder = await ensurePostgresFolder(dataFolder, as.value);
  const cluster = await ensureCluster(folder, binaries.value, as.value, options);
  if (!cluster.ok) return cluster;
  const parts = { cluster: cluster.value, binaries: binaries.value, as: as.value };
  const joined = await joinServer(parts, options);
  if (!joined.ok) return joined;
  const { serverLock, port, wasRunning } = joined.value;
  return ok({
    url: databaseUrlOf(port, cluster.value.password, clusterName),
    folder,
    wasRunning,
    release: async () => {
      if (await serverLock.release().catch(() => false)) await stopServer(parts);
      await serverLock.close();
    },
  });
}
