import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fail, ok } from "@/lib/infrastructure/result";
import { callServer } from "./call-server";

const assign = vi.fn();

beforeEach(() => {
  vi.stubGlobal("location", { pathname: "/env/dev/settings/api-keys", search: "?q=ci", assign });
});

afterEach(() => {
  vi.unstubAllGlobals();
  assign.mockReset();
});

describe("callServer", () => {
  it.each([
    ["a value", ok("secret")],
    ["an error", fail({ code: "not_found", message: "This key no longer exists" })],
  ])("returns %s unchanged and stays on the page", async (_, answer) => {
    expect(await callServer(async () => answer)).toBe(answer);
    expect(assign).not.toHaveBeenCalled();
  });

  it.each([
    ["rejects", () => Promise.reject(new TypeError("Failed to fetch"))],
    [
      "throws",
      () => {
        throw new SyntaxError("Unexpected token '<'");
      },
    ],
  ])("returns unreachable when the call %s", async (_, call) => {
    expect(await callServer(call)).toEqual({
      ok: false,
      error: { code: "unreachable", message: "The server did not answer. Try again." },
    });
    expect(assign).not.toHaveBeenCalled();
  });

  it("opens the sign-in page, which returns to this page, when the session has ended", async () => {
    const answer = fail({ code: "unauthenticated", message: "You are signed out. Sign in again." });
    expect(await callServer(async () => answer)).toBe(answer);
    expect(assign.mock.calls).toEqual([["/signin?callbackUrl=%2Fenv%2Fdev%2Fsettings%2Fapi-keys%3Fq%3Dci"]]);
  });
});
