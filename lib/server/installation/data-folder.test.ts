import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { openDataFolder } from "./data-folder";

const base = mkdtempSync(path.join(tmpdir(), "latchkey-data-folder-"));
afterAll(() => rmSync(base, { recursive: true }));

test("creates its secrets once, readable only by the owner", () => {
  const folder = path.join(base, "deep", "data");
  const first = openDataFolder(folder);
  expect(openDataFolder(folder)).toEqual(first);
  expect(first.ok && Buffer.from(first.value.masterKey, "base64").length).toBe(32);
  expect(first.ok && first.value.authSecret.length).toBeGreaterThanOrEqual(32);
  for (const name of ["master-key", "auth-secret"]) {
    expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
  }
  expect(openDataFolder(path.join(base, "other"))).not.toEqual(first);
});

test("describes for the operator why it cannot be written", () => {
  const file = path.join(base, "file");
  writeFileSync(file, "");
  expect(openDataFolder(path.join(file, "data"))).toEqual({
    ok: false,
    error:
      `The data folder ${file}/data cannot be written (part of the path is a file): ` +
      "fix this, or set LATCHKEY_DATA_DIR to another folder.",
  });
});
