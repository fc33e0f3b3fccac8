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

const nothingWrong = { wrongAcceptances: [], wrongRejections: [], unexpected: [] };

describe("a key that is created, then deleted", () => {
  const history = [created, deleted];

  it.each([
    ["while it may be committed already", request(3, 200)],
    ["refused while a cache may not know it yet", request(1000, 401)],
    ["accepted before it is deleted", request(4000, 200)],
    ["refused as soon as its end was asked for", request(4996, 401)],
    ["accepted up to a second after the commit", request(6010, 200)],
    ["refused after that", request(6011, 401)],
  ])("%s: right", (_, one) => expect(verifyDecisions(history, [one])).toMatchObject(nothingWrong));

  it("accepted more than a second after the commit: wrong", () => {
    const late = request(6011, 200);
    expect(verifyDecisions(history, [late])).toMatchObject({ ...nothingWrong, wrongAcceptances: [late] });
  });

  it("accepted before it was asked for: wrong", () => {
    const early = { ...request(-20, 200), endedAt: -1 };
    expect(verifyDecisions(history, [early])).toMatchObject({ ...nothingWrong, wrongAcceptances: [early] });
  });

  it("refused before its end was asked for: wrong", () => {
    const early = request(4994, 401);
    expect(verifyDecisions(history, [early])).toMatchObject({ ...nothingWrong, wrongRejections: [early] });
  });

  it("refused more than a second after its start was committed: wrong", () => {
    const late = request(1011, 401);
    expect(verifyDecisions(history, [late])).toMatchObject({ ...nothingWrong, wrongRejections: [late] });
  });

  it("refused as if a scope were missing: wrong", () => {
    const other = request(7000, 403);
    expect(verifyDecisions(history, [other])).toMatchObject({ ...nothingWrong, wrongRejections: [other] });
  });

  it("a failure is wrong, an unavailable database and a lost answer are counted", () => {
    const broken = request(2000, 500);
    const all = [broken, request(2000, 503), request(2000, null)];
    expect(verifyDecisions(history, all)).toMatchObject({
      ...nothingWrong,
      unexpected: [broken],
      unavailable: 2,
    });
  });

  it("tells how late the last acceptance came, and whether the promise was tried at all", () => {
    expect(verifyDecisions(history, [request(4000, 200)])).toMatchObject({
      latestAcceptanceMs: null,
      rejectionsAfterBound: 0,
    });
    const verdict = verifyDecisions(history, [request(5110, 200), request(5050, 200), request(6100, 401)]);
    expect(verdict).toMatchObject({ latestAcceptanceMs: 100, rejectionsAfterBound: 1 });
    expect(isCorrect(verdict)).toBe(true);
    expect(isCorrect(verifyDecisions(history, [request(5110, 200)]))).toBe(false);
    expect(isCorrect(verifyDecisions(history, [request(6100, 401), request(6011, 200)]))).toBe(false);
  });
});

it("a change whose commit is not known may count, or not", () => {
  const history = [created, { ...deleted, committedAt: Number.POSITIVE_INFINITY }];
  expect(verifyDecisions(history, [request(9000, 200), request(9000, 401)])).toMatchObject(nothingWrong);
  expect(verifyDecisions(history, [request(4000, 401)]).wrongRejections).toHaveLength(1);
});

it("a scope that comes and goes is followed", () => {
  const history: Change[] = [
    created,
    { subject: "a", expectedStatus: 403, startedAt: 3000, committedAt: 3010 },
    { subject: "a", expectedStatus: 200, startedAt: 6000, committedAt: 6010 },
  ];
  expect(verifyDecisions(history, [request(4500, 403), request(7100, 200)])).toMatchObject(nothingWrong);
  expect(verifyDecisions(history, [request(4500, 200)]).wrongAcceptances).toHaveLength(1);
  // Given back while the request was under way: that is not late.
  expect(verifyDecisions(history, [request(5998, 200)])).toMatchObject({
    ...nothingWrong,
    latestAcceptanceMs: null,
  });
  expect(verifyDecisions(history, [request(7100, 403)]).wrongRejections).toHaveLength(1);
});

it("subjects are told apart, and one that nobody made is unknown", () => {
  expect(verifyDecisions([created], [request(2000, 200, "b")]).wrongAcceptances).toHaveLength(1);
  expect(verifyDecisions([created], [request(2000, 401, "b")])).toMatchObject({
    ...nothingWrong,
    rejectionsAfterBound: 0,
  });
});
