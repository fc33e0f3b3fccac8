import { describe, expect, it } from "vitest";
import { memberRoles } from "./model";
import { hasPermission, viewOnlyReason } from "./roles";

const development = { isProduction: false };
const production = { isProduction: true };

describe("hasPermission", () => {
  it.each([
    ["admin", true, true, true],
    ["developer", true, false, false],
    ["viewer", false, false, false],
  ] as const)(
    "%s: manages development %s, production %s, administers %s",
    (role, inDevelopment, inProduction, administers) => {
      expect(hasPermission(role, "view")).toBe(true);
      expect(hasPermission(role, "manage_environment", development)).toBe(inDevelopment);
      expect(hasPermission(role, "manage_environment", production)).toBe(inProduction);
      expect(hasPermission(role, "manage_environment")).toBe(false);
      expect(hasPermission(role, "administer", production)).toBe(administers);
    },
  );
});

describe("viewOnlyReason", () => {
  it("gives a reason exactly when the permission is denied", () => {
    for (const role of memberRoles) {
      for (const environment of [development, production]) {
        expect(viewOnlyReason(role, environment) === null).toBe(
          hasPermission(role, "manage_environment", environment),
        );
      }
    }
    expect(viewOnlyReason("viewer", production)).toContain("viewer");
    expect(viewOnlyReason("developer", production)).toContain("production");
  });
});
