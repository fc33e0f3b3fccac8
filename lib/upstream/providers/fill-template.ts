import { fail, ok, type Result } from "@/lib/infrastructure/result";

/** What fills an address: the connection's own config, and what the integration's owner set in `custom`. */
export type TemplateValues = {
  readonly connectionConfig: Readonly<Record<string, unknown>>;
  readonly custom: Readonly<Record<string, string>>;
};

const placeholder = /\{(connectionConfig|custom)\.(\w+)\}/g;

/**
 * Fills the `{connectionConfig.…}` and `{custom.…}` of a text. What comes from a connection may be part of a host's
 * name and nothing else: the rest of an address, and so who gets the client's secret, is decided by the catalogue and
 * the integration's owner. The failure is a sentence.
 */
export function fillTemplate(template: string, values: TemplateValues): Result<string, string> {
  const unset: string[] = [];
  const filled = template.replaceAll(placeholder, (_, source: string, name: string) => {
    const value = source === "custom" ? values.custom[name] : values.connectionConfig[name];
    const fits =
      typeof value === "string" && value !== "" && (source === "custom" || /^[A-Za-z0-9.-]+$/.test(value));
    if (fits) return value;
    unset.push(source === "custom" ? `custom.${name}` : `connection_config.${name}`);
    return "";
  });
  return unset.length === 0 ? ok(filled) : fail(`${unset.join(" and ")} must be set`);
}

/** The same for an address: an http or https URL without a user. */
export function fillUrlTemplate(template: string, values: TemplateValues): Result<URL, string> {
  const filled = fillTemplate(template, values);
  if (!filled.ok) return filled;
  if (!URL.canParse(filled.value)) return fail("The provider's address is not a URL");
  const url = new URL(filled.value);
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    return fail("The provider's address must begin with https:// and name no user");
  }
  return ok(url);
}
