/** One value of something sealed, by its name on the wire, as a person is shown it. */
export type SecretField = { readonly name: string; readonly value: string };

/** The values of sealed JSON, one by one; those that are absent, and `type`, which is no secret, are left out. */
export function toSecretFields(sealed: Readonly<Record<string, unknown>>): SecretField[] {
  return Object.entries(sealed).flatMap(([name, value]) => {
    if (name === "type" || value === undefined || value === null) return [];
    return [{ name, value: typeof value === "string" ? value : JSON.stringify(value, null, 2) }];
  });
}
