import { expect, test } from "vitest";
import { unboundedParts } from "@/lib/testing/unbounded-parts";
import { allRoutes } from "./all-routes";

test("every text, list and record that a route accepts has a bound", () => {
  const unbounded = allRoutes.flatMap((route) => {
    // A passthrough route validates its headers alone; its query and body are streamed.
    const parts =
      "forward" in route ? ["headers" as const] : (["params", "query", "headers", "body"] as const);
    return parts.flatMap((part) =>
      unboundedParts(route[part]).map((where) => `${route.method} ${route.path}: ${part}${where}`),
    );
  });
  expect(unbounded).toEqual([]);
});
