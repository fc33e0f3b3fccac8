import { expect, test } from "vitest";
import { formatStartBanner, serverUrl } from "./start-banner";

const settings = { publicUrl: null, host: null, port: 3000, serve: "all" } as const;

test.each([
  [settings, "http://localhost:3000"],
  [{ ...settings, host: "0.0.0.0" }, "http://localhost:3000"],
  [{ ...settings, host: "127.0.0.1" }, "http://127.0.0.1:3000"],
  [{ ...settings, host: "::1" }, "http://[::1]:3000"],
  [{ ...settings, publicUrl: "https://keys.example.com" }, "https://keys.example.com"],
])("people open the address they can reach: %j", (given, address) => {
  expect(serverUrl(given)).toBe(address);
});

test("says how the first admin signs in, and how everybody does later", () => {
  const block = (firstAdmin: Parameters<typeof formatStartBanner>[0]["firstAdmin"]) =>
    formatStartBanner({ settings, dataLocation: "/srv/data", firstAdmin });
  expect(block({ kind: "link", path: "/setup?token=t" })).toContain("http://localhost:3000/setup?token=t\n");
  expect(block({ kind: "created", email: "a@example.com" })).toContain("/signin as a@example.com");
  expect(block({ kind: "exists" })).toMatch(/Sign in {2}http:\/\/localhost:3000\/signin\n/);
  expect(block({ kind: "exists" })).toContain("Data     /srv/data\n");
});
