import { fail, ok, type Result } from "@/lib/infrastructure/result";

/** Values for a template: the connection's config and the integration's `custom`. */
export type TemplateValues = {
  readonly connectionConfig: Readonly<Record<string, unknown>>;
  readonly custom: Readonly<Record<string, string>>;
};

const placeholder = /\{(connectionConfig|custom)\.(\w+)\}/g;

/**
 * Fills the placeholders `{connectionConfig.…}` and `{custom.…}` of a template. A value from a connection may
 * only be part of a host name, because end users set it: only the catalog and the integration may determine
 * which server gets the client secret. The error is a message that names the missing values.
 */
export function fillTemplate(template: string, values: TemplateValues): Result<string, string> {
  const unset: string[] = [];
  const filled = template.replaceAll(placeholder, (_, source: string, name: string) => {
    const value = source === "custom" ? values.custom[name] : values.connectionConfig[name];
    const isAllowed =
      typeof value === "string" && value !== "" && (source === "custom" || /^[A-Za-z0-9.-]+$/.test(value));
    if (isAllowed) return value;
    unset.push(source === "custom" ? `custom.${name}` : `connection_config.${name}`);
    return "";
  });
  return unset.length === 0 ? ok(filled) : fail(`${unset.join(" and ")} must be set`);
}

/** Like `fillTemplate`, for a URL. Fails unless it is an http or https URL without user name and password. */
export function fillUrlTemplate(template: string, values: TemplateValues): Result<URL, string> {
  const filled = fillTemplate(template, values);
  if (!filled.ok) return filled;
  if (!URL.canParse(filled.value)) return fail("The provider's address is not a URL");
  const url = new URL(filled.value);
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    return fail(
      "The provider's address must start with https:// or http:// and contain no user name or password",
    );
  }
  return ok(url);
}
