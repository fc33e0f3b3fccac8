import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { dashboardSegments, firstSegment, resolveDestination } from "./destination";

const servedSegments = { apiSegments: new Set(["connections"]), publicFileNames: new Set(["logo.svg"]) };

function destinationOf(url: string, accept = "*/*", method = "GET") {
  return resolveDestination({ method, url, accept }, servedSegments);
}

const pages = readdirSync(path.join(import.meta.dirname, "../../../app"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe("resolveDestination", () => {
  it.each(pages)("sends /%s to the dashboard for every method, because app/ has that folder", (name) => {
    expect(dashboardSegments).toContain(name);
    expect(destinationOf(`/${name}`, "application/json", "POST")).toBe("dashboard");
  });

  it.each([
    ["/", "dashboard"],
    ["/?x=1", "dashboard"],
    ["/env/dev/settings/api-keys", "dashboard"],
    ["/api/auth/session", "dashboard"],
    ["/_next/static/x.js", "dashboard"],
    ["/icon.svg?x", "dashboard"],
    ["/logo.svg", "dashboard"],
    ["/healthz", "health"],
    ["/readyz?x", "ready"],
    ["/metrics?x", "metrics"],
    ["/metrics/x", "api"],
    ["/connections", "api"],
    ["/connections/", "api"],
    ["/connections?tags[a]=b", "api"],
    ["/environment", "api"],
    ["/logo.svg.exe", "api"],
    ["*", "dashboard"],
  ])("%s goes to the %s", (url, destination) => {
    expect(destinationOf(url)).toBe(destination);
  });

  it("sends an undeclared path to the dashboard for a browser, to the API for other clients", () => {
    expect(destinationOf("/nothing", "text/html,application/xhtml+xml")).toBe("dashboard");
    expect(destinationOf("/nothing", "application/json")).toBe("api");
    expect(destinationOf("/nothing", "text/html", "POST")).toBe("api");
    expect(destinationOf("/connections", "text/html")).toBe("api");
  });

  it("answers health checks and metrics only for GET and HEAD", () => {
    expect(destinationOf("/healthz", "*/*", "HEAD")).toBe("health");
    expect(destinationOf("/healthz", "*/*", "POST")).toBe("api");
    expect(destinationOf("/metrics", "*/*", "POST")).toBe("api");
    expect(destinationOf("/healthz/x")).toBe("api");
  });
});

describe("firstSegment", () => {
  it.each([
    ["/a/b", "a"],
    ["//a", ""],
    ["/a?b/c", "a"],
    ["http://host/a", ""],
    ["", ""],
  ])("%s -> %s", (url, segment) => {
    expect(firstSegment(url)).toBe(segment);
  });
});
