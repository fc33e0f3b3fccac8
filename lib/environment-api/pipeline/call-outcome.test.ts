import { expect, it } from "vitest";
import { callOutcome } from "./call-outcome";
import { anyValidKey } from "./route";

const deploys = ["environment:deploy"] as const;
const lists = ["environment:connections:list"] as const;

it.each([
  [200, "environment:deploy", deploys, "succeeded"],
  [302, "environment:deploy", deploys, "succeeded"],
  [404, "environment:deploy", deploys, "rejected"],
  [429, "environment:deploy", deploys, "rejected"],
  [503, "environment:deploy", deploys, "failed"],
  [403, "environment:deploy", lists, "missing_scope"],
  // A 403 that a provider returned.
  [403, "environment:deploy", deploys, "rejected"],
  [403, anyValidKey, lists, "rejected"],
] as const)(
  "classifies a %i of a route that requires %s, called with %j, as %s",
  (status, scope, grants, outcome) => {
    expect(callOutcome(status, scope, grants)).toBe(outcome);
  },
);
