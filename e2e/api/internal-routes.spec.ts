import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "@/e2e/fixtures/latchkey-process";
import { cookieHeader, type SessionState } from "@/e2e/fixtures/session";
import { expect, test } from "@/e2e/fixtures/test";

/* Every internal route that is in the source, called without a session, by a role too small, and of no environment. */

const folder = path.join(root, "app/internal");

const routes = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("route.ts"))
  .flatMap((file) => {
    const text = readFileSync(path.join(folder, file), "utf8");
    const address = `/internal/${path.posix.dirname(file.replaceAll(path.sep, "/"))}`;
    return [...text.matchAll(/export const ([A-Z]+) = environmentRoute\(\{\s*permission: "([a-z_]+)"/g)].map(
      ([, method = "", permission = ""]) => ({ address, method, permission }),
    );
  });

/** The route's address in one environment; other parts in brackets become ids that nothing has. */
function addressIn(address: string, environment: string): string {
  return address.replace("[environment]", environment).replaceAll(/\[[^\]]+\]/g, "999999999");
}

test("there are routes, each made by the one way", () => {
  expect(routes.length).toBeGreaterThan(0);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith("route.ts"),
  );
  expect(new Set(routes.map(({ address }) => address)).size).toBe(files.length);
});

/** A stream is left after its headers: it has no end. */
async function call(baseURL: string, method: string, address: string, session: SessionState | null) {
  const headers = new Headers(session === null ? [] : [["cookie", cookieHeader(session)]]);
  const left = new AbortController();
  const signal = left.signal;
  const response = await fetch(baseURL + address, { method, headers, redirect: "manual", signal });
  const isStream = response.headers.get("content-type") === "text/event-stream";
  const answer = {
    status: response.status,
    caching: response.headers.get("cache-control"),
    text: isStream ? "" : await response.text(),
  };
  left.abort();
  expect(answer.caching).toBe(isStream ? "no-store, no-transform" : "no-store");
  return answer;
}

for (const { method, address, permission } of routes) {
  test(`${method} ${address} asks for a session, an environment and a role`, async ({
    server: { baseURL },
    sessionOf,
    productionEnvironment: { name },
  }) => {
    const anonymous = await call(baseURL, method, addressIn(address, name), null);
    expect(anonymous.status).toBe(401);
    expect(JSON.parse(anonymous.text)).toMatchObject({ error: { code: "unauthenticated" } });

    const admin = await sessionOf("admin");
    const nowhere = await call(baseURL, method, addressIn(address, "no-such-environment"), admin);
    expect(nowhere.status).toBe(404);
    expect(JSON.parse(nowhere.text)).toMatchObject({ error: { code: "environment_not_found" } });

    const asViewer = await call(baseURL, method, addressIn(address, name), await sessionOf("viewer"));
    const asAdmin = await call(baseURL, method, addressIn(address, name), admin);
    expect(asViewer.status).toBe(permission === "view" ? 200 : 403);
    expect(asAdmin.status).not.toBe(403);
  });
}
