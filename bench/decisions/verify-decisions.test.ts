import { describe, expect, it } from "vitest";
import { type Change, isCorrect, type SentRequest, verifyDecisions } from "./verify-decisions";

const created: Change = { subject: "a", expectedStatus: 200, startedAt: 0, committedAt: 10 };
const deleted: Change = { subject: "a", expectedStatus: 401, startedAt: 5000, committedAt: 5010 };

const request = (startedAt: number, status: number | null, subject = "a"): SentRequest => ({
  subject,
  startedAt,
  endedAt: startedAt + 5,
  status,
});

const noneWrong = { wrongAcceptances: [], wrongRejections: [], unexpected: [] };

describe("a key that is created, then deleted", () => {
  const history = [created, deleted];

  it.each([
    ["accepted while the creation may be committed already", request(3, 200)],
    ["rejected while a cache may not have the new key yet", request(1000, 401)],
    ["accepted before the deletion", request(4000, 200)],
    ["rejected as soon as the deletion has started", request(4996, 401)],
    ["accepted up to a second after the commit", request(6010, 200)],
    ["rejected later than that", request(6011, 401)],
  ])("%s: correct", (_, sent) => expect(verifyDecisions(history, [sent])).toMatchObject(noneWrong));

  it("accepted more than a second after the commit: wrong", () => {
    const late = request(6011, 200);
    expect(verifyDecisions(history, [late])).toMatchObject({ ...noneWrong, wrongAcceptances: [late] });
  });

  it("accepted before the creation started: wrong", () => {
    const early = { ...request(-20, 200), endedAt: -1 };
    expect(verifyDecisions(history, [early])).toMatchObject({ ...noneWrong, wrongAcceptances: [early] });
  });

  it("rejected before the deletion started: wrong", () => {
    const early = request(4994, 401);
    expect(verifyDecisions(history, [early])).toMatchObject({ ...noneWrong, wrongRejections: [early] });
  });

  it("rejected more than a second after the creation was committed: wrong", () => {
    const late = request(1011, 401);
    expect(verifyDecisions(history, [late])).toMatchObject({ ...noneWrong, wrongRejections: [late] });
  });

  it("rejected for a missing scope: wrong", () => {
    const other = request(7000, 403);
    expect(verifyDecisions(history, [other])).toMatchObject({ ...noneWrong, wrongRejections: [other] });
  });

  it("status 500 is unexpected; status 503 and a missing response count as unavailable", () => {
    const broken = request(2000, 500);
    const all = [broken, request(2000, 503), request(2000, null)];
    expect(verifyDecisions(history, all)).toMatchObject({
      ...noneWrong,
      unexpected: [broken],
      unavailable: 2,
    });
  });

  it("reports the latest acceptance and whether the revocation bound was tested", () => {
    expect(verifyDecisions(history, [request(4000, 200)])).toMatchObject({
      latestAcceptanceMs: null,
      rejectionsAfterBound: 0,
    });
    const report = verifyDecisions(history, [request(5110, 200), request(5050, 200), request(6100, 401)]);
    expect(report).toMatchObject({ latestAcceptanceMs: 100, rejectionsAfterBound: 1 });
    expect(isCorrect(report)).toBe(true);
    expect(isCorrect(verifyDecisions(history, [request(5110, 200)]))).toBe(false);
    expect(isCorrect(verifyDecisions(history, [request(6100, 401), request(6011, 200)]))).toBe(false);
  });
});

it("a change with an unknown commit may or may not have taken effect", () => {
  const history = [created, { ...deleted, committedAt: Number.POSITIVE_INFINITY }];
  expect(verifyDecisions(history, [request(9000, 200), request(9000, 401)])).toMatchObject(noneWrong);
  expect(verifyDecisions(history, [request(4000, 401)]).wrongRejections).toHaveLength(1);
});

it("a scope that is removed and added again", () => {
  const history: Change[] = [
    created,
    { subject: "a", expectedStatus: 403, startedAt: 3000, committedAt: 3010 },
    { subject: "a", expectedStatus: 200, startedAt: 6000, committedAt: 6010 },
  ];
  expect(verifyDecisions(history, [request(4500, 403), request(7100, 200)])).toMatchObject(noneWrong);
  expect(verifyDecisions(history, [request(4500, 200)]).wrongAcceptances).toHaveLength(1);
  // The scope was added again during the request, so the acceptance is not late.
  expect(verifyDecisions(history, [request(5998, 200)])).toMatchObject({
    ...noneWrong,
    latestAcceptanceMs: null,
  });
  expect(verifyDecisions(history, [request(7100, 403)]).wrongRejections).toHaveLength(1);
});

it("subjects are separate, and one without changes is unknown", () => {
  expect(verifyDecisions([created], [request(2000, 200, "b")]).wrongAcceptances).toHaveLength(1);
  expect(verifyDecisions([created], [request(2000, 401, "b")])).toMatchObject({
    ...noneWrong,
    rejectionsAfterBound: 0,
  });
});
