import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensurePostgresFolder } from "./folders";
import { chooseUser } from "./run-as";
import type { RunAs } from "./run-program";

const base = mkdtempSync(path.join(tmpdir(), "latchkey-places-"));
let as: RunAs = null;

beforeAll(async () => {
  const chosen = await chooseUser();
  if (!chosen.ok) throw new Error(chosen.error);
  as = chosen.value;
});
afterAll(() => rmSync(base, { recursive: true }));

test("a reachable data folder holds the database, which is closed to others", async () => {
  chmodSync(base, 0o711);
  const dataFolder = path.join(base, "open", ".data");
  mkdirSync(dataFolder, { recursive: true });
  const folder = await ensurePostgresFolder(dataFolder, as);
  expect(folder).toBe(path.join(dataFolder, "postgres"));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(await ensurePostgresFolder(dataFolder, as)).toBe(folder);
});

describe.runIf(process.geteuid?.() === 0)("as root, below a home folder that is closed to others", () => {
  test("the database goes to a common place that the data folder remembers", async () => {
    const dataFolder = path.join(base, "closed", ".data");
    mkdirSync(dataFolder, { recursive: true });
    chmodSync(path.join(base, "closed"), 0o700);
    const folder = await ensurePostgresFolder(dataFolder, as);
    try {
      expect(folder).toMatch(/^\/var\/lib\/latchkey\/closed-[0-9a-f]{8}$/);
      expect(statSync(folder)).toMatchObject({ uid: as?.uid, gid: as?.gid });
      expect(existsSync(path.join(dataFolder, "postgres"))).toBe(false);
      expect(readFileSync(path.join(dataFolder, "postgres-location"), "utf8")).toBe(`${folder}\n`);
      expect(await ensurePostgresFolder(dataFolder, as)).toBe(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
