import { ok, type Result } from "@/lib/infrastructure/result";
import { locateBinaries } from "./binaries";
import { type ClusterOptions, clusterName, ensureCluster } from "./cluster";
import { connectOrStartServer } from "./connect-or-start";
import { stopServer } from "./control";
import { ensurePostgresFolder, ensureRunnableBinaries } from "./folders";
import { chooseUser } from "./run-as";
import { databaseUrlOf } from "./server-lock";

export type PostgresServer = {
  readonly url: string;
  /** The folder that holds the database. */
  readonly folder: string;
  /** True when the server was running already: for another Latchkey process, or since one was killed. */
  readonly wasRunning: boolean;
  /** Stops the server unless another process still uses it. */
  readonly release: () => Promise<void>;
};

/**
 * Starts the embedded PostgreSQL of a data folder, or connects to it if it is running already. Several
 * processes can call it at the same time. The error is a message for the operator.
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
  const connected = await connectOrStartServer(dependencies, options);
  if (!connected.ok) return connected;
  const { serverLock, port, wasRunning } = connected.value;
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
