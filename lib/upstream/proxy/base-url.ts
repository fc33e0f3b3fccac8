import type { JsonObject } from "@/lib/upstream/connections/model";

const placeholder = /\{(connectionConfig|custom)\.(\w+)\}/g;
const hostCharacters = /^[A-Za-z0-9._-]+$/;

/** An http or https address to put a path behind: without user, query and fragment. Null for anything else. */
export function parseBaseUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isWeb = url.protocol === "http:" || url.protocol === "https:";
  const isBare = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  return isWeb && isBare ? url : null;
}

/**
 * A provider's base address for one connection: `{connectionConfig.name}` is filled from it, `{custom.name}` from its
 * integration. What is filled into a part of the template may not leave that part, or it would choose the host. Null
 * when a value is missing or does not fit.
 */
export function fillProviderBaseUrl(
  template: string,
  config: JsonObject,
  custom: Readonly<Record<string, string>> = {},
): URL | null {
  let fits = true;
  const filled = template.replaceAll(placeholder, (whole, source: string, name: string) => {
    const values = source === "custom" ? custom : config;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (typeof value !== "string" || (whole !== template && !hostCharacters.test(value))) fits = false;
    return String(value);
  });
  return fits ? parseBaseUrl(filled) : null;
}
