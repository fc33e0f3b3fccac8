import { z } from "zod";

// Long enough for the tokens of providers that issue JWTs with many claims.
const token = z.string().min(1).max(4096);

const date = z
  .union([z.iso.datetime({ offset: true }).max(64), z.int().min(0).max(8.64e15)])
  .transform((value) => new Date(value).toISOString());

const configOverride = z.strictObject({
  client_id: z.string().max(255).optional(),
  client_secret: z.string().max(4096).optional(),
});

/** Credentials in an import request. `type` is the auth mode of the provider. */
export const credentialsInputSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("OAUTH2"),
    access_token: token,
    refresh_token: token.optional(),
    /** ISO 8601 or milliseconds since 1970. */
    expires_at: date.optional(),
    config_override: configOverride.optional(),
  }),
  z.strictObject({
    type: z.literal("OAUTH2_CC"),
    token,
    client_id: z.string().min(1).max(255),
    client_secret: z.string().min(1).max(4096),
    expires_at: date.optional(),
  }),
  z.strictObject({ type: z.literal("API_KEY"), apiKey: z.string().min(1).max(1024) }),
  z.strictObject({
    type: z.literal("BASIC"),
    username: z.string().max(1024),
    password: z.string().max(1024),
  }),
  z.strictObject({ type: z.literal("NONE") }),
]);

const raw = z.record(z.string(), z.unknown());

const outputSchemas = [
  z.strictObject({
    type: z.literal("OAUTH2"),
    access_token: z.string(),
    refresh_token: z.string().optional(),
    expires_at: z.string().optional(),
    config_override: configOverride.optional(),
    /** The provider's token response. */
    raw,
  }),
  z.strictObject({
    type: z.literal("OAUTH2_CC"),
    token: z.string(),
    client_id: z.string(),
    client_secret: z.string(),
    expires_at: z.string().optional(),
    raw,
  }),
  z.strictObject({ type: z.literal("API_KEY"), apiKey: z.string() }),
  z.strictObject({ type: z.literal("BASIC"), username: z.string(), password: z.string() }),
] as const;

/** Credentials as they are sealed in a connection's row. */
export const credentialsSchema = z.discriminatedUnion("type", [
  ...outputSchemas,
  z.strictObject({ type: z.literal("NONE") }),
]);

/** Credentials in a response to a key with the credentials scope. `{}` for the auth mode `NONE`. */
export const credentialsOutputSchema = z.union([
  z.discriminatedUnion("type", outputSchemas),
  z.strictObject({}),
]);

export type CredentialsInput = z.infer<typeof credentialsInputSchema>;
export type Credentials = z.infer<typeof credentialsSchema>;
export type CredentialsOutput = z.infer<typeof credentialsOutputSchema>;

/** Converts imported credentials to the stored form. Builds `raw`, the token response, from their fields. */
export function toCredentials(input: CredentialsInput): Credentials {
  switch (input.type) {
    case "OAUTH2": {
      const { access_token, refresh_token, expires_at } = input;
      return { ...input, raw: omitUndefined({ access_token, refresh_token, expires_at }) };
    }
    case "OAUTH2_CC": {
      const { token: access_token, expires_at } = input;
      return { ...input, raw: omitUndefined({ access_token, expires_at }) };
    }
    default:
      return input;
  }
}

function omitUndefined(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Converts stored credentials to the form of a response. */
export function toCredentialsOutput(credentials: Credentials): CredentialsOutput {
  return credentials.type === "NONE" ? {} : credentials;
}

/** Like `toCredentialsOutput`, without the refresh token, both at the top level and in `raw`. */
export function toCredentialsOutputWithoutRefreshToken(credentials: Credentials): CredentialsOutput {
  if (credentials.type !== "OAUTH2") return toCredentialsOutput(credentials);
  const { refresh_token: _, ...rest } = credentials;
  const { refresh_token: __, ...raw } = credentials.raw;
  return { ...rest, raw };
}
