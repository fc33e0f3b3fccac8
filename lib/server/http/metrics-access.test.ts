import { expect, test } from "vitest";
import { checkMetricsAccess } from "./metrics-access";

const token = "t".repeat(16);
const from = (remoteAddress: string, headers: Record<string, string> = {}) => ({
  headers,
  socket: { remoteAddress },
});

test.each([
  ["127.0.0.1", {}, "granted"],
  ["127.8.9.10", {}, "granted"],
  ["::1", {}, "granted"],
  ["::ffff:127.0.0.1", {}, "granted"],
  ["10.0.0.1", {}, "hidden"],
  ["::ffff:10.0.0.1", {}, "hidden"],
  ["2001:db8::127.0.0.1", {}, "hidden"],
  ["", {}, "hidden"],
  ["127.0.0.1", { "x-forwarded-for": "127.0.0.1" }, "hidden"],
  ["127.0.0.1", { forwarded: "for=127.0.0.1" }, "hidden"],
  ["127.0.0.1", { "x-real-ip": "" }, "hidden"],
  ["10.0.0.1", { authorization: `Bearer ${token}` }, "hidden"],
])("without a token, from %s with %o: %s", (address, headers, access) => {
  expect(checkMetricsAccess(from(address, headers), null)).toBe(access);
});

test.each([
  [`Bearer ${token}`, "granted"],
  [`bearer ${token}`, "granted"],
  [`Bearer ${token}x`, "unauthenticated"],
  [`Bearer ${token.slice(1)}`, "unauthenticated"],
  [token, "unauthenticated"],
  ["", "unauthenticated"],
])("with a token, %s from any address and through proxies: %s", (authorization, access) => {
  expect(checkMetricsAccess(from("10.0.0.1", { authorization, "x-forwarded-for": "10.0.0.2" }), token)).toBe(
    access,
  );
});

test("with a token, a request from this machine needs it too", () => {
  expect(checkMetricsAccess(from("127.0.0.1"), token)).toBe("unauthenticated");
});
