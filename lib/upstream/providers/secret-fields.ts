/** One field of a secret as the dashboard reveals it. `name` is its name in the API. */
export type SecretField = { readonly name: string; readonly value: string };

/** Lists the fields of a decrypted secret. Omits absent values, and `type`, which is not secret. */
export function toSecretFields(secret: Readonly<Record<string, unknown>>): SecretField[] {
  return Object.entries(secret).flatMap(([name, value]) => {
    if (name === "type" || value === undefined || value === null) return [];
    return [{ name, value: typeof value === "string" ? value : JSON.stringify(value, null, 2) }];
  });
}
