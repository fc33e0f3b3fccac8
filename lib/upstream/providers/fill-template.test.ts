import { describe, expect, it } from "vitest";
import { providers } from "./catalog";
import { fillUrlTemplate } from "./fill-template";

const template = "https://{connectionConfig.subdomain}.okta.com/token";
const fill = (subdomain: unknown) =>
  fillUrlTemplate(template, { connectionConfig: { subdomain }, custom: {} });

describe("fillUrlTemplate", () => {
  it("fills part of the host from the connection and a whole URL from the integration", () => {
    const filled = fill("acme");
    expect(filled.ok && filled.value.href).toBe("https://acme.okta.com/token");
    const custom = { token_url: "https://auth.example.com/token?tenant=1" };
    const filledFromCustom = fillUrlTemplate("{custom.token_url}", { connectionConfig: {}, custom });
    expect(filledFromCustom.ok && filledFromCustom.value.href).toBe(custom.token_url);
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
  ])("rejects any other value from a connection: %j", (subdomain) => {
    expect(fill(subdomain)).toEqual({ ok: false, error: "connection_config.subdomain must be set" });
  });

  it.each(["javascript:alert(1)", "file:///etc/passwd", "https://u:p@x.example", "x"])(
    "rejects %s as a URL of an integration",
    (token_url) => {
      expect(fillUrlTemplate("{custom.token_url}", { connectionConfig: {}, custom: { token_url } }).ok).toBe(
        false,
      );
    },
  );

  it("has the domain in every catalog URL, so that no connection can send a client secret elsewhere", () => {
    const urls = providers.flatMap(({ authorization_url, token_url }) => [authorization_url, token_url]);
    const templates = urls.filter((url) => url !== undefined);
    expect(templates.length).toBeGreaterThan(20);
    for (const catalogTemplate of templates) {
      expect(catalogTemplate).toMatch(
        /^(?:\{custom\.\w+\}$|https:\/\/(?:\{connectionConfig\.\w+\}\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+\/[^{}]*$)/,
      );
    }
  });
});
