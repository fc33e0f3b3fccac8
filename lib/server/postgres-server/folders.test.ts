import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensurePostgresFolder } from "./folders";
import { chooseUser } from "./run-as";
import type { RunAs } from "./run-program";

const base = mkdtempSync(path.join(tmpdir(), "latchkey-folders-"));
let runAs: RunAs = null;

beforeAll(async () => {
  const chosen = await chooseUser();
  if (!chosen.ok) throw new Error(chosen.error);
  runAs = chosen.value;
});
afterAll(() => rmSync(base, { recursive: true }));

test("a reachable data folder holds the database, with mode 0700", async () => {
  chmodSync(base, 0o711);
  const dataFolder = path.join(base, "open", ".data");
  mkdirSync(dataFolder, { recursive: true });
  const folder = await ensurePostgresFolder(dataFolder, runAs);
  expect(folder).toBe(path.join(dataFolder, "postgres"));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(await ensurePostgresFolder(dataFolder, runAs)).toBe(folder);
});

describe.runIf(process.geteuid?.() === 0)(
  "as root, below a home folder that other users cannot enter",
  () => {
    test("the database is in the shared folder, and the data folder stores its path", async () => {
      const dataFolder = path.join(base, "closed", ".data");
      mkdirSync(dataFolder, { recursive: true });
      chmodSync(path.join(base, "closed"), 0o700);
      const folder = await ensurePostgresFolder(dataFolder, runAs);
      try {
        expect(folder).toMatch(/^\/var\/lib\/latchkey\/closed-[0-9a-f]{8}$/);
        expect(statSync(folder)).toMatchObject({ uid: runAs?.uid, gid: runAs?.gid });
        expect(existsSync(path.join(dataFolder, "postgres"))).toBe(false);
        expect(readFileSync(path.join(dataFolder, "postgres-location"), "utf8")).toBe(`${folder}\n`);
        expect(await ensurePostgresFolder(dataFolder, runAs)).toBe(folder);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);
