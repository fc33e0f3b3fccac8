import { expect, test } from "vitest";
import { allRoutes } from "@/lib/environment-api/catalog/all-routes";
import { dashboardSegments, firstSegment, resolveDestination } from "./destination";

test("no route of the environment API begins with a path segment of the dashboard", () => {
  const segments = allRoutes.flatMap(({ path, aliases }) => [path, ...aliases].map(firstSegment));
  expect(segments.length).toBeGreaterThan(0);
  expect(segments.filter((segment) => dashboardSegments.has(segment))).toEqual([]);
  const servedSegments = { apiSegments: new Set(segments), publicFileNames: new Set<string>() };
  for (const segment of segments) {
    const request = { method: "GET", url: `/${segment}/x`, accept: "text/html" };
    expect(resolveDestination(request, servedSegments)).toBe("api");
  }
});
