import type { Credentials } from "@/lib/upstream/providers/credentials";
import type { Provider } from "@/lib/upstream/providers/model";

/** The headers and query parameters with credentials that the proxy adds to a request to the provider. */
export type CredentialInjection = {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
};

export const noInjection: CredentialInjection = { headers: {}, query: {} };

/** Creates the injection from a connection's credentials and the provider's templates. */
export function createCredentialInjection(provider: Provider, credentials: Credentials): CredentialInjection {
  const { headers = {}, query = {} } = provider.proxy;
  const values = templateValues(credentials);
  return {
    headers: { ...authorizationHeader(credentials), ...fillTemplates(headers, values) },
    query: fillTemplates(query, values),
  };
}

function authorizationHeader(credentials: Credentials): Record<string, string> {
  switch (credentials.type) {
    case "OAUTH2":
      return { authorization: `Bearer ${credentials.access_token}` };
    case "BASIC": {
      const pair = Buffer.from(`${credentials.username}:${credentials.password}`);
      return { authorization: `Basic ${pair.toString("base64")}` };
    }
    case "OAUTH2_CC":
      return { authorization: `Bearer ${credentials.token}` };
    case "API_KEY":
    case "NONE":
      return {};
  }
}

function templateValues(credentials: Credentials): Record<string, string> {
  return credentials.type === "API_KEY" ? { apiKey: credentials.apiKey } : {};
}

function fillTemplates(
  templates: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const fill = (template: string) =>
    template.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
  return Object.fromEntries(Object.entries(templates).map(([name, template]) => [name, fill(template)]));
}
