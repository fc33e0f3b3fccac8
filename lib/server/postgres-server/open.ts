import { ok, type Result } from "@/lib/infrastructure/result";
import { locateBinaries } from "./binaries";
import { type ClusterOptions, clusterName, ensureCluster } from "./cluster";
import { stopServer } from "./control";
import { joinServer } from "./join";
import { postgresFolder, runnableBinaries } from "./places";
import { urlOf } from "./presence";
import { chooseUser } from "./run-as";

export type PostgresServer = {
  readonly url: string;
  /** The folder that holds the database. */
  readonly folder: string;
  /** True when it ran already: for another process of ours, or left behind by one that was killed. */
  readonly adopted: boolean;
  /** Stops the server unless another process still uses it. */
  readonly leave: () => Promise<void>;
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
  const binaries = await runnableBinaries(installed.value, as.value);
  if (!binaries.ok) return binaries;
  const folder = await postgresFolder(dataFolder, as.value);
  const cluster = await ensureCluster(folder, binaries.value, as.value, options);
  if (!cluster.ok) return cluster;
  const parts = { cluster: cluster.value, binaries: binaries.value, as: as.value };
  const joined = await joinServer(parts, options);
  if (!joined.ok) return joined;
  const { presence, port, adopted } = joined.value;
  return ok({
    url: urlOf(port, cluster.value.password, clusterName),
    folder,
    adopted,
    leave: async () => {
      if (await presence.leave().catch(() => false)) await stopServer(parts);
      await presence.end();
    },
  });
}
