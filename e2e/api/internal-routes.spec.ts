import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../fixtures/latchkey-process";
import { expect, test } from "../fixtures/test";

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

for (const { method, address, permission } of routes) {
  test(`${method} ${address} asks for a session, an environment and a role`, async ({
    playwright,
    server,
    sessionOf,
    productionEnvironment,
  }) => {
    const call = async (role: "admin" | "viewer" | null, environment: string) => {
      const storageState = role === null ? undefined : await sessionOf(role);
      const context = await playwright.request.newContext({ baseURL: server.baseURL, storageState });
      const response = await context.fetch(addressIn(address, environment), { method, maxRedirects: 0 });
      expect(response.headers()["cache-control"]).toBe("no-store");
      const answer = { status: response.status(), text: await response.text() };
      await context.dispose();
      return answer;
    };
    const nobody = await call(null, productionEnvironment.name);
    expect(nobody.status).toBe(401);
    expect(JSON.parse(nobody.text)).toMatchObject({ error: { code: "unauthenticated" } });

    const nowhere = await call("admin", "no-such-environment");
    expect(nowhere.status).toBe(404);
    expect(JSON.parse(nowhere.text)).toMatchObject({ error: { code: "environment_not_found" } });

    const viewer = await call("viewer", productionEnvironment.name);
    const admin = await call("admin", productionEnvironment.name);
    expect(viewer.status).toBe(permission === "view" ? 200 : 403);
    expect(admin.status).not.toBe(403);
  });
}
