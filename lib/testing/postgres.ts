import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { openPool } from "@/lib/infrastructure/db/client";
import { migrate } from "@/lib/infrastructure/db/migrate";
import { openPostgres } from "@/lib/server/postgres-server/open-postgres";

declare module "vitest" {
  export interface ProvidedContext {
    /**
     * `server` is a URL with credentials; `template` is the migrated, empty database that `testDatabase`
     * copies.
     */
    testPostgres: { readonly server: string; readonly template: string };
  }
}

const template = "latchkey_template";

/** Vitest's global set-up. Starts one PostgreSQL server for the whole run, and deletes it afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-test-"));
  // As root, PostgreSQL runs as another system user, which must be able to enter the folder.
  chmodSync(folder, 0o711);
  const opened = await openPostgres(folder, { durable: false });
  if (!opened.ok) throw new Error(opened.error);
  const { url, release } = opened.value;
  const admin = openPool(url, 1);
  await admin`create database ${admin(template)}`;
  await admin.end();
  const migrated = new URL(url);
  migrated.pathname = `/${template}`;
  await migrate(migrated.href);
  project.provide("testPostgres", { server: url, template });
  return async () => {
    await release();
    rmSync(folder, { recursive: true });
  };
}
