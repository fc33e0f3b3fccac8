import { describe, expect, it } from "vitest";
import { decideRefresh, type RefreshOptions, type RefreshState } from "./refresh-policy";

const now = new Date("2026-11-24T12:00:00Z");
const plus = (seconds: number) => new Date(now.getTime() + seconds * 1000);

const options: RefreshOptions = { force: false, requestedAt: now };

function state(expiresInSeconds: number, overrides: Partial<RefreshState> = {}): RefreshState {
  return {
    credentials: {
      type: "OAUTH2",
      access_token: "access",
      refresh_token: "refresh",
      expires_at: plus(expiresInSeconds).toISOString(),
      raw: {},
    },
    refreshedAt: null,
    refreshFailure: null,
    ...overrides,
  };
}

const failedAt = (seconds: number, failures: number) => ({
  at: plus(seconds).toISOString(),
  message: "no",
  failures,
  isRefusal: true,
  requestId: "1",
});

describe("decideRefresh", () => {
  it("finds a token due one minute before its expiry", () => {
    expect(decideRefresh(state(61), options, now)).toMatchObject({ kind: "not_needed" });
    expect(decideRefresh(state(60), options, now)).toMatchObject({ kind: "due" });
    expect(decideRefresh(state(-5), options, now)).toMatchObject({ kind: "due" });
    expect(decideRefresh(state(61), { ...options, force: true }, now)).toMatchObject({ kind: "due" });
  });

  it("never refreshes other credentials, forced or not", () => {
    const key = { ...state(0), credentials: { type: "API_KEY", apiKey: "key" } } as const;
    expect(decideRefresh(key, { ...options, force: true }, now)).toMatchObject({ kind: "not_needed" });
  });

  it("uses the outcome of a refresh that ended after the call", () => {
    const refreshed = state(-5, { refreshedAt: plus(1) });
    expect(decideRefresh(refreshed, { ...options, force: true }, plus(2))).toMatchObject({
      kind: "not_needed",
    });
    expect(decideRefresh(refreshed, { force: true, requestedAt: plus(2) }, plus(2))).toMatchObject({
      kind: "due",
    });
    expect(
      decideRefresh(state(-5, { refreshFailure: failedAt(1, 1) }), { ...options, force: true }, plus(2)),
    ).toMatchObject({ kind: "failed" });
  });

  it.each([
    [1, 30],
    [2, 60],
    [3, 120],
    [8, 3600],
    [500, 3600],
  ])("waits after failure %d for %d seconds, unless forced", (failures, pause) => {
    const failed = state(-5, { refreshFailure: failedAt(0, failures) });
    const later = (seconds: number): RefreshOptions => ({ force: false, requestedAt: plus(seconds) });
    expect(decideRefresh(failed, later(pause - 1), plus(pause - 1))).toMatchObject({ kind: "failed" });
    expect(decideRefresh(failed, later(pause), plus(pause))).toMatchObject({ kind: "due" });
    expect(decideRefresh(failed, { ...later(1), force: true }, plus(1))).toMatchObject({ kind: "due" });
  });
});
