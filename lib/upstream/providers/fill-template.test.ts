import { describe, expect, it } from "vitest";
import { providers } from "./catalog";
import { fillUrlTemplate } from "./fill-template";

const template = "https://{connectionConfig.subdomain}.okta.com/token";
const fill = (subdomain: unknown) =>
  fillUrlTemplate(template, { connectionConfig: { subdomain }, custom: {} });

describe("fillAddress", () => {
  it("fills a host from the connection and a whole address from the integration", () => {
    const filled = fill("acme");
    expect(filled.ok && filled.value.href).toBe("https://acme.okta.com/token");
    const custom = { token_url: "https://auth.example.com/token?tenant=1" };
    const own = fillUrlTemplate("{custom.token_url}", { connectionConfig: {}, custom });
    expect(own.ok && own.value.href).toBe(custom.token_url);
  });

  it.each([
    undefined,
    "",
    7,
    {},
    "evil.example/",
    "evil.example#",
    "evil.example?",
    "evil.example:443",
    "user@evil.example",
    "evil.example\\",
    "a b",
    "{custom.x}",
    "%2f",
  ])("takes nothing else from a connection: %j", (subdomain) => {
    expect(fill(subdomain)).toEqual({ ok: false, error: "connection_config.subdomain must be set" });
  });

  it.each(["javascript:alert(1)", "file:///etc/passwd", "https://u:p@x.example", "x"])(
    "takes no address like %s from an integration",
    (token_url) => {
      expect(fillUrlTemplate("{custom.token_url}", { connectionConfig: {}, custom: { token_url } }).ok).toBe(
        false,
      );
    },
  );

  it("lets no connection decide to which domain of the catalogue a client's secret goes", () => {
    const templates = providers.flatMap(({ authorization_url, token_url }) => [authorization_url, token_url]);
    const given = templates.filter((text) => text !== undefined);
    expect(given.length).toBeGreaterThan(20);
    for (const text of given) {
      expect(text).toMatch(
        /^(?:\{custom\.\w+\}$|https:\/\/(?:\{connectionConfig\.\w+\}\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+\/[^{}]*$)/,
      );
    }
  });
});
