import { describe, expect, it } from "vitest";
import { decideRefresh, type RefreshRequest, type RefreshState } from "./refresh-policy";

const now = new Date("2026-11-24T12:00:00Z");
const plus = (seconds: number) => new Date(now.getTime() + seconds * 1000);

const ask: RefreshRequest = { force: false, requestedAt: now };

function state(endsIn: number, more: Partial<RefreshState> = {}): RefreshState {
  return {
    credentials: {
      type: "OAUTH2",
      access_token: "access",
      refresh_token: "refresh",
      expires_at: plus(endsIn).toISOString(),
      raw: {},
    },
    refreshedAt: null,
    refreshFailure: null,
    ...more,
  };
}

const failedAt = (seconds: number, failures: number) => ({
  at: plus(seconds).toISOString(),
  message: "no",
  failures,
  isRefusal: true,
  requestId: "1",
});

describe("judge", () => {
  it("finds a token due a minute before its end", () => {
    expect(decideRefresh(state(61), ask, now)).toBe("fresh");
    expect(decideRefresh(state(60), ask, now)).toBe("due");
    expect(decideRefresh(state(-5), ask, now)).toBe("due");
    expect(decideRefresh(state(61), { ...ask, force: true }, now)).toBe("due");
  });

  it("leaves other credentials alone, forced or not", () => {
    const key = { ...state(0), credentials: { type: "API_KEY", apiKey: "key" } } as const;
    expect(decideRefresh(key, { ...ask, force: true }, now)).toBe("fresh");
  });

  it("takes what happened after the question for its answer", () => {
    const refreshed = state(-5, { refreshedAt: plus(1) });
    expect(decideRefresh(refreshed, { ...ask, force: true }, plus(2))).toBe("fresh");
    expect(decideRefresh(refreshed, { force: true, requestedAt: plus(2) }, plus(2))).toBe("due");
    expect(
      decideRefresh(state(-5, { refreshFailure: failedAt(1, 1) }), { ...ask, force: true }, plus(2)),
    ).toBe("failed");
  });

  it.each([
    [1, 30],
    [2, 60],
    [3, 120],
    [8, 3600],
    [500, 3600],
  ])("waits after failure %d for %d seconds, unless forced", (failures, pause) => {
    const failed = state(-5, { refreshFailure: failedAt(0, failures) });
    const later = (seconds: number): RefreshRequest => ({ force: false, requestedAt: plus(seconds) });
    expect(decideRefresh(failed, later(pause - 1), plus(pause - 1))).toBe("failed");
    expect(decideRefresh(failed, later(pause), plus(pause))).toBe("due");
    expect(decideRefresh(failed, { ...later(1), force: true }, plus(1))).toBe("due");
  });
});
