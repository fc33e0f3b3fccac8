import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { dashboardSegments, firstSegment, resolveDestination } from "./destination";

const addresses = { apiSegments: new Set(["connections"]), publicNames: new Set(["logo.svg"]) };

function to(url: string, accept = "*/*", method = "GET") {
  return resolveDestination({ method, url, accept }, addresses);
}

const pages = readdirSync(path.join(import.meta.dirname, "../../../app"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe("destinationOf", () => {
  it.each(pages)("leaves /%s to the dashboard, whatever the method, since app/ has it", (name) => {
    expect(dashboardSegments).toContain(name);
    expect(to(`/${name}`, "application/json", "POST")).toBe("dashboard");
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
    expect(to(url)).toBe(destination);
  });

  it("shows people the dashboard's page where there is nothing, and programs the API's JSON", () => {
    expect(to("/nothing", "text/html,application/xhtml+xml")).toBe("dashboard");
    expect(to("/nothing", "application/json")).toBe("api");
    expect(to("/nothing", "text/html", "POST")).toBe("api");
    expect(to("/connections", "text/html")).toBe("api");
  });

  it("answers health checks only to reads", () => {
    expect(to("/healthz", "*/*", "HEAD")).toBe("health");
    expect(to("/healthz", "*/*", "POST")).toBe("api");
    expect(to("/metrics", "*/*", "POST")).toBe("api");
    expect(to("/healthz/x")).toBe("api");
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
