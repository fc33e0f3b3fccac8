import type { JsonObject } from "@/lib/upstream/connections/model";

const placeholder = /\{(connectionConfig|custom)\.(\w+)\}/g;
const hostCharacters = /^[A-Za-z0-9._-]+$/;

/**
 * Parses a base URL. Null unless it is an http or https URL without user name, password, query and fragment.
 */
export function parseBaseUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isHttp = url.protocol === "http:" || url.protocol === "https:";
  const isPlain = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  return isHttp && isPlain ? url : null;
}

/**
 * Fills a provider's base URL template for one connection: `{connectionConfig.name}` from the connection's
 * config, `{custom.name}` from the integration's `custom`. A value may be a whole URL only if its placeholder
 * is the whole template. Any other value may contain only the characters of a host name, so that it cannot
 * change the rest of the URL. Null when a value is missing or not allowed.
 */
export function fillProviderBaseUrl(
  template: string,
  config: JsonObject,
  custom: Readonly<Record<string, string>> = {},
): URL | null {
  let isValid = true;
  const filled = template.replaceAll(placeholder, (match, source: string, name: string) => {
    const values = source === "custom" ? custom : config;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (typeof value !== "string" || (match !== template && !hostCharacters.test(value))) isValid = false;
    return String(value);
  });
  return isValid ? parseBaseUrl(filled) : null;
}
