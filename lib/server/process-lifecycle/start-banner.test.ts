import { expect, test } from "vitest";
import { formatStartBanner, serverUrl } from "./start-banner";

const settings = { publicUrl: null, host: null, port: 3000, servedParts: "all" } as const;

test.each([
  [settings, "http://localhost:3000"],
  [{ ...settings, host: "0.0.0.0" }, "http://localhost:3000"],
  [{ ...settings, host: "127.0.0.1" }, "http://127.0.0.1:3000"],
  [{ ...settings, host: "::1" }, "http://[::1]:3000"],
  [{ ...settings, publicUrl: "https://keys.example.com" }, "https://keys.example.com"],
])("the URL can be opened in a browser: %j", (given, url) => {
  expect(serverUrl(given)).toBe(url);
});

test("describes how the first admin signs in, and later every member", () => {
  const banner = (firstAdmin: Parameters<typeof formatStartBanner>[0]["firstAdmin"]) =>
    formatStartBanner({ settings, dataLocation: "/srv/data", pooler: "none", canListen: true, firstAdmin });
  expect(banner({ kind: "link", path: "/setup?token=t" })).toContain("http://localhost:3000/setup?token=t\n");
  expect(banner({ kind: "created", email: "a@example.com" })).toContain("/signin as a@example.com");
  expect(banner({ kind: "exists" })).toMatch(/Sign in {2}http:\/\/localhost:3000\/signin\n/);
  expect(banner({ kind: "exists" })).toContain("Data     /srv/data\n");
});

test.each([
  ["none", true, null],
  ["session", true, "session mode"],
  ["transaction", true, "transaction mode: LISTEN and migrations use LATCHKEY_DATABASE_DIRECT_URL"],
  [
    "transaction",
    false,
    "transaction mode: every request queries the database and pages are not live; set LATCHKEY_DATABASE_DIRECT_URL",
  ],
] as const)("names the pooler: %s, canListen %s", (pooler, canListen, text) => {
  const firstAdmin = { kind: "exists" } as const;
  const banner = formatStartBanner({ settings, dataLocation: "/srv/data", pooler, canListen, firstAdmin });
  if (text === null) expect(banner).not.toContain("Pooler");
  else expect(banner).toContain(`\n  Pooler   ${text}\n`);
});
