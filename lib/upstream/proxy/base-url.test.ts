import { describe, expect, it } from "vitest";
import { fillProviderBaseUrl, parseBaseUrl } from "./base-url";

const jira = "https://{connectionConfig.subdomain}.atlassian.net";
const fullUrl = "{connectionConfig.instance_url}";

describe("fillProviderBaseUrl", () => {
  it("fills placeholders from the connection's config and the integration's custom values", () => {
    expect(fillProviderBaseUrl("https://slack.com/api", {})?.href).toBe("https://slack.com/api");
    expect(fillProviderBaseUrl(jira, { subdomain: "acme" })?.href).toBe("https://acme.atlassian.net/");
    expect(fillProviderBaseUrl(fullUrl, { instance_url: "https://na1.salesforce.com" })?.host).toBe(
      "na1.salesforce.com",
    );
    const custom = { base_url: "https://api.example.com/v1" };
    expect(fillProviderBaseUrl("{custom.base_url}", {}, custom)?.href).toBe(custom.base_url);
    expect(fillProviderBaseUrl("{custom.base_url}", custom)).toBeNull();
  });

  it.each([
    [jira, {}],
    [jira, { subdomain: "" }],
    [jira, { subdomain: 7 }],
    [jira, { subdomain: "evil.example/" }],
    [jira, { subdomain: "evil.example#" }],
    [jira, { subdomain: "user@evil.example" }],
    [jira, { subdomain: "{connectionConfig.subdomain}" }],
    [fullUrl, {}],
    [fullUrl, { instance_url: "file:///etc/passwd" }],
    ["https://{connectionConfig.constructor}.example", {}],
  ])("rejects %s with %j", (template, config) => {
    expect(fillProviderBaseUrl(template, config)).toBeNull();
  });
});

describe("parseBaseUrl", () => {
  it.each([
    "",
    "x",
    "ftp://x.example",
    "https://u:p@x.example",
    "https://x.example?a=1",
    "https://x.example#a",
  ])("rejects %j", (text) => {
    expect(parseBaseUrl(text)).toBeNull();
  });
});
