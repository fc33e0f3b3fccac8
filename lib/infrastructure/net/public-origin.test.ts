import { expect, it } from "vitest";
import { publicOrigin } from "./public-origin";

it.each([
  [{ host: "127.0.0.1:3000" }, "http://127.0.0.1:3000"],
  [{ host: "[::1]:3000" }, "http://[::1]:3000"],
  [
    { host: "inner", "x-forwarded-host": "keys.example.com", "x-forwarded-proto": "https" },
    "https://keys.example.com",
  ],
  [{ host: "keys.example.com", "x-forwarded-proto": "https, http" }, "https://keys.example.com"],
  [{ host: "keys.example.com", "x-forwarded-proto": "javascript" }, "http://keys.example.com"],
  [{ host: "keys.example.com/evil?x=" }, "http://keys.example.com"],
  [{ host: "a b" }, "http://localhost"],
  [{}, "http://localhost"],
])("%j has the origin %s", (headers, origin) => {
  const byName = new Map(Object.entries(headers));
  expect(publicOrigin((name) => byName.get(name), null)).toBe(origin);
  expect(publicOrigin((name) => byName.get(name), "https://own.example")).toBe("https://own.example");
});
