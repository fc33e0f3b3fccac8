import { z } from "zod";

// Tokens of some providers are kilobytes long (JWTs with claims); the body's limit bounds the rest.
const token = z.string().min(1).max(4096);

const date = z
  .union([z.iso.datetime({ offset: true }), z.int().min(0).max(8.64e15)])
  .transform((value) => new Date(value).toISOString());

const configOverride = z.strictObject({
  client_id: z.string().max(255).optional(),
  client_secret: z.string().max(4096).optional(),
});

/** Credentials as a request imports them, by the auth mode of the provider. */
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
    /** The provider's own answer. */
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

/** What is sealed in a connection's row. */
export const credentialsSchema = z.discriminatedUnion("type", [
  ...outputSchemas,
  z.strictObject({ type: z.literal("NONE") }),
]);

/** What a key with the credentials scope is shown: nothing of a connection that needs none. */
export const credentialsOutputSchema = z.union([
  z.discriminatedUnion("type", outputSchemas),
  z.strictObject({}),
]);

export type CredentialsInput = z.infer<typeof credentialsInputSchema>;
export type Credentials = z.infer<typeof credentialsSchema>;
export type CredentialsOutput = z.infer<typeof credentialsOutputSchema>;

/** The stored form of imported credentials: what was imported stands for the provider's answer. */
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

/** The credentials as an answer holds them. */
export function toCredentialsOutput(credentials: Credentials): CredentialsOutput {
  return credentials.type === "NONE" ? {} : credentials;
}

/** The same without the refresh token, at the top and in the provider's answer. */
export function toCredentialsOutputWithoutRefreshToken(credentials: Credentials): CredentialsOutput {
  if (credentials.type !== "OAUTH2") return toCredentialsOutput(credentials);
  const { refresh_token: _, ...rest } = credentials;
  const { refresh_token: __, ...raw } = credentials.raw;
  return { ...rest, raw };
}
