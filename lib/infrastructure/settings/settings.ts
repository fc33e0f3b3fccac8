import path from "node:path";
import { z } from "zod";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type SharedApps, sharedAppsSetting } from "./shared-apps";

const base64Key = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, "must be 32 bytes in base64 (generate one with: openssl rand -base64 32)")
  .transform((text) => Buffer.from(text, "base64"));

const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must look like postgres://user:password@host/db",
});
const authSecret = z.string().min(32, "must be at least 32 characters");

const fields = {
  PORT: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(1, "must be 1 to 65535")
    .max(65535, "must be 1 to 65535")
    .default(3000),
  LATCHKEY_KEEP_ALIVE_SECONDS: z.coerce
    .number("must be a number of seconds")
    .int("must be a whole number of seconds")
    .min(1, "must be 1 to 3600 seconds")
    .max(3600, "must be 1 to 3600 seconds")
    .default(75),
  LATCHKEY_DATABASE_DIRECT_URL: databaseUrl.optional(),
  LATCHKEY_HOST: z.union([z.ipv4(), z.ipv6(), z.literal("localhost")], "must be an IP address").optional(),
  LATCHKEY_DATA_DIR: z.string().default(".data"),
  LATCHKEY_URL: z
    .url({
      protocol: /^https?$/,
      error: "must be the public http or https URL, like https://keys.example.com",
    })
    .transform((url) => url.replace(/\/+$/, ""))
    .optional(),
  LATCHKEY_TRUST_PROXY: z.enum(["true", "false"], "must be true or false").default("false"),
  LATCHKEY_SERVE: z.enum(["all", "api", "dashboard"], "must be all, api or dashboard").default("all"),
  LATCHKEY_ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
  LATCHKEY_ADMIN_PASSWORD: z.string().min(12, "must be at least 12 characters").optional(),
  LATCHKEY_FAILED_AUTH_PER_MINUTE: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(0, "must be 0 (no limit) or more")
    .default(300),
  LATCHKEY_PROXY_ALLOW_PRIVATE: z.enum(["true", "false"], "must be true or false").default("false"),
  LATCHKEY_FUNCTION_RUNNER_URL: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL, like http://127.0.0.1:4000/run" })
    .optional(),
  LATCHKEY_FUNCTION_RUNNER_TIMEOUT: z.coerce
    .number("must be a number of seconds")
    .int("must be a whole number of seconds")
    .min(1, "must be 1 to 3600 seconds")
    .max(3600, "must be 1 to 3600 seconds")
    .default(120),
  LATCHKEY_SHARED_APPS: sharedAppsSetting.optional(),
  LATCHKEY_USAGE_RETENTION_DAYS: z.coerce
    .number("must be a number of days")
    .int("must be a whole number of days")
    .min(1, "must be 1 to 3650 days")
    .max(3650, "must be 1 to 3650 days")
    .default(90),
  LATCHKEY_METRICS_TOKEN: z.string().min(16, "must be at least 16 characters").optional(),
  LATCHKEY_DRAIN_SECONDS: z.coerce
    .number("must be a number of seconds")
    .int("must be a whole number of seconds")
    .min(0, "must be 0 to 300 seconds")
    .max(300, "must be 0 to 300 seconds")
    .default(0),
  LATCHKEY_LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "must be debug, info, warn, error or silent")
    .default("info"),
};

const settingsSchema = z.object({
  ...fields,
  DATABASE_URL: databaseUrl,
  LATCHKEY_MASTER_KEY: base64Key,
  NEXTAUTH_SECRET: authSecret,
});

/** The settings before an embedded PostgreSQL has been started, which then adds its URL and the secrets. */
const bootstrapSchema = z.object({
  ...fields,
  LATCHKEY_MASTER_KEY: base64Key.optional(),
  NEXTAUTH_SECRET: authSecret.optional(),
});

export type Settings = {
  readonly port: number;
  /** The address to listen on; null for all addresses of this machine. */
  readonly host: string | null;
  readonly databaseUrl: string;
  /**
   * The same database without a pooler, for migrations and LISTEN; null when `databaseUrl` is used for these
   * too.
   */
  readonly databaseDirectUrl: string | null;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  readonly authSecret: string;
  /** The public URL, without a trailing slash; null if the origin is taken from each request. */
  readonly publicUrl: string | null;
  /** Whether to use the forwarded headers (client address, host) that a reverse proxy sets. */
  readonly trustProxy: boolean;
  readonly servedParts: "all" | "api" | "dashboard";
  readonly firstAdmin: { readonly email: string; readonly password: string } | null;
  /** Maximum failed authentications per client address and minute in this process; 0 means no limit. */
  readonly failedAuthPerMinute: number;
  /**
   * Whether outbound requests (proxy, token requests) may reach private, loopback and link-local addresses.
   */
  readonly proxyAllowPrivate: boolean;
  /** The runner of deployed functions; null when there is none. */
  readonly functionRunner: { readonly url: string; readonly timeoutMs: number } | null;
  /** The operator's OAuth applications, by provider, for integrations without credentials of their own. */
  readonly sharedApps: SharedApps;
  /** Days for which hourly usage totals are kept. */
  readonly usageRetentionDays: number;
  /** Bearer token of /metrics; null when only clients on this machine may read it. */
  readonly metricsToken: string | null;
  /** Seconds for which the process still serves after SIGTERM, while it reports that it is not ready. */
  readonly drainSeconds: number;
  /** Seconds for which an idle connection of a client is kept open. */
  readonly keepAliveSeconds: number;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
};

type ProcessEnv = Readonly<Record<string, string | undefined>>;

/** Parses all settings. The error lists every invalid setting as "NAME reason", never its value. */
export function parseSettings(env: ProcessEnv): Result<Settings, string[]> {
  const parsed = parseEnv(settingsSchema, env);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  return ok({
    port: value.PORT,
    host: value.LATCHKEY_HOST ?? null,
    databaseUrl: value.DATABASE_URL,
    databaseDirectUrl: value.LATCHKEY_DATABASE_DIRECT_URL ?? null,
    masterKey: value.LATCHKEY_MASTER_KEY,
    authSecret: value.NEXTAUTH_SECRET,
    publicUrl: value.LATCHKEY_URL ?? null,
    trustProxy: value.LATCHKEY_TRUST_PROXY === "true",
    servedParts: value.LATCHKEY_SERVE,
    firstAdmin:
      value.LATCHKEY_ADMIN_EMAIL !== undefined && value.LATCHKEY_ADMIN_PASSWORD !== undefined
        ? { email: value.LATCHKEY_ADMIN_EMAIL, password: value.LATCHKEY_ADMIN_PASSWORD }
        : null,
    failedAuthPerMinute: value.LATCHKEY_FAILED_AUTH_PER_MINUTE,
    proxyAllowPrivate: value.LATCHKEY_PROXY_ALLOW_PRIVATE === "true",
    functionRunner:
      value.LATCHKEY_FUNCTION_RUNNER_URL === undefined
        ? null
        : {
            url: value.LATCHKEY_FUNCTION_RUNNER_URL,
            timeoutMs: value.LATCHKEY_FUNCTION_RUNNER_TIMEOUT * 1000,
          },
    sharedApps: value.LATCHKEY_SHARED_APPS ?? {},
    usageRetentionDays: value.LATCHKEY_USAGE_RETENTION_DAYS,
    metricsToken: value.LATCHKEY_METRICS_TOKEN ?? null,
    drainSeconds: value.LATCHKEY_DRAIN_SECONDS,
    keepAliveSeconds: value.LATCHKEY_KEEP_ALIVE_SECONDS,
    logLevel: value.LATCHKEY_LOG_LEVEL,
  });
}

/** The settings that are known before an embedded PostgreSQL has been started. */
export type BootstrapSettings = Pick<Settings, "port" | "host" | "servedParts"> & {
  /** Absolute path of the embedded PostgreSQL's data folder; null when DATABASE_URL is set. */
  readonly dataFolder: string | null;
};

/**
 * Validates all settings, so that the start can fail before it creates anything. Errors as in
 * `parseSettings`.
 */
export function parseBootstrapSettings(env: ProcessEnv): Result<BootstrapSettings, string[]> {
  const hasDatabaseUrl = env.DATABASE_URL !== undefined && env.DATABASE_URL !== "";
  const parsed = parseEnv(hasDatabaseUrl ? settingsSchema : bootstrapSchema, env);
  if (!parsed.ok) return parsed;
  return ok({
    port: parsed.value.PORT,
    host: parsed.value.LATCHKEY_HOST ?? null,
    servedParts: parsed.value.LATCHKEY_SERVE,
    dataFolder: hasDatabaseUrl ? null : path.resolve(parsed.value.LATCHKEY_DATA_DIR),
  });
}

function parseEnv<Schema extends z.ZodType>(
  schema: Schema,
  env: ProcessEnv,
): Result<z.output<Schema>, string[]> {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(present);
  const errors = (parsed.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0] ?? "");
    return `${name} ${present[name] === undefined ? "is required" : issue.message}`;
  });
  if ((present.LATCHKEY_ADMIN_EMAIL === undefined) !== (present.LATCHKEY_ADMIN_PASSWORD === undefined)) {
    errors.push("LATCHKEY_ADMIN_EMAIL and LATCHKEY_ADMIN_PASSWORD must be set together");
  }
  return parsed.success && errors.length === 0 ? ok(parsed.data) : fail(errors);
}

let cachedSettings: Settings | undefined;

/** Returns the settings of this process. Throws if they are invalid; the start has validated them before. */
export function settings(): Settings {
  if (cachedSettings === undefined) {
    const parsed = parseSettings(process.env);
    if (!parsed.ok) throw new Error(`Invalid settings: ${parsed.error.join("; ")}`);
    cachedSettings = parsed.value;
  }
  return cachedSettings;
}
