import { describe, expect, it } from "vitest";
import { parseBearerToken } from "./bearer";

describe("parseBearerToken", () => {
  it.each(["Bearer token", "bearer token", "BEARER   token"])("parses the token of %j", (header) => {
    expect(parseBearerToken(header)).toEqual({ ok: true, value: "token" });
  });

  it.each([null, ""])("reports %j as a missing header", (header) => {
    expect(parseBearerToken(header)).toMatchObject({ ok: false, error: { code: "missing_auth_header" } });
  });

  it.each([
    "Bearer",
    "Bearer ",
    "token",
    " Bearer token",
    "Bearer two tokens",
    "Bearer token, Bearer other",
    "Basic token",
    "Bearer t\u00f6ken",
  ])("reports %j as malformed", (header) => {
    expect(parseBearerToken(header)).toMatchObject({ ok: false, error: { code: "malformed_auth_header" } });
  });
});
