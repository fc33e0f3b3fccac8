import { hostLabelPattern } from "./config-patterns";
import type { ProviderEntry } from "./model";

/** APIs that authenticate with an API key, sent in the header or query parameter that the entry names. */
export const apiKeyProviders: readonly ProviderEntry[] = [
  {
    name: "anthropic",
    display_name: "Anthropic",
    proxy: {
      base_url: "https://api.anthropic.com",
      headers: { "x-api-key": "{apiKey}", "anthropic-version": "2023-06-01" },
    },
    docs: "https://docs.anthropic.com",
    categories: ["ai"],
  },
  {
    name: "google-gemini",
    display_name: "Google Gemini",
    proxy: { base_url: "https://generativelanguage.googleapis.com", query: { key: "{apiKey}" } },
    docs: "https://ai.google.dev/api",
    categories: ["ai"],
  },
  {
    name: "openai",
    display_name: "OpenAI",
    proxy: { base_url: "https://api.openai.com", headers: { authorization: "Bearer {apiKey}" } },
    docs: "https://platform.openai.com/docs/api-reference",
    categories: ["ai"],
  },
  {
    name: "sendgrid",
    display_name: "SendGrid",
    proxy: { base_url: "https://api.sendgrid.com", headers: { authorization: "Bearer {apiKey}" } },
    docs: "https://www.twilio.com/docs/sendgrid",
    categories: ["marketing"],
  },
  {
    name: "stripe-api-key",
    display_name: "Stripe",
    proxy: { base_url: "https://api.stripe.com", headers: { authorization: "Bearer {apiKey}" } },
    docs: "https://docs.stripe.com/api",
    categories: ["payment"],
  },
];

/** APIs that authenticate with a user name and password (HTTP Basic). */
export const basicAuthProviders: readonly ProviderEntry[] = [
  {
    name: "greenhouse-basic",
    display_name: "Greenhouse",
    proxy: { base_url: "https://harvest.greenhouse.io" },
    docs: "https://developers.greenhouse.io/harvest.html",
    categories: ["ats"],
  },
  {
    name: "jira-basic",
    display_name: "Jira (Basic)",
    connection_config: {
      subdomain: {
        title: "Atlassian domain",
        description: "The first part of your Jira address",
        example: "acme",
        suffix: ".atlassian.net",
        pattern: hostLabelPattern,
      },
    },
    proxy: { base_url: "https://{connectionConfig.subdomain}.atlassian.net" },
    docs: "https://developer.atlassian.com/cloud/jira/platform/basic-auth-for-rest-apis/",
    categories: ["ticketing"],
  },
  {
    name: "twilio",
    display_name: "Twilio",
    proxy: { base_url: "https://api.twilio.com" },
    docs: "https://www.twilio.com/docs/usage/api",
    categories: ["communication"],
  },
];
