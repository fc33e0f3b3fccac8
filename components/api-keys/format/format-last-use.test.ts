import { expect, it } from "vitest";
import { formatClient, formatLastUse } from "./format-last-use";

it.each([
  ["nango-node-client 0.70.1", "node client 0.70.1"],
  ["nango-cli 0.70.1", "CLI 0.70.1"],
  ["curl 8.5.0", "curl 8.5.0"],
  ["constructor", "constructor"],
])("formats %s as %s", (client, name) => {
  expect(formatClient(client)).toBe(name);
});

it("formats a last use on one line", () => {
  const use = { method: "GET", route: "/connections/{connectionId}", status: 200, address: null };
  expect(formatLastUse({ ...use, client: null })).toBe("GET /connections/{connectionId}");
  expect(formatLastUse({ ...use, client: "nango-cli 1.0" })).toBe(
    "GET /connections/{connectionId} · CLI 1.0",
  );
});
