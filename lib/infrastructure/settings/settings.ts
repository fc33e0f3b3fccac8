import path from "node:path";
import { z } from "zod";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type SharedApps, sharedAppsSetting } from "./shared-apps";

const base64Key = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, "must be 32 bytes in base64 (make one with: openssl rand -base64 32)")
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
  LATCHKEY_HOST: z.union([z.ipv4(), z.ipv6(), z.literal("localhost")], "must be an IP address").optional(),
  LATCHKEY_DATA_DIR: z.string().default(".data"),
  LATCHKEY_URL: z
    .url({ protocol: /^https?$/, error: "must be the address people open, like https://keys.example.com" })
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
    .url({ protocol: /^https?$/, error: "must be an http or https address, like http://127.0.0.1:4000/run" })
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

/** Before the embedded default has added its own database and secrets. */
const bootstrapSchema = z.object({
  ...fields,
  LATCHKEY_MASTER_KEY: base64Key.optional(),
  NEXTAUTH_SECRET: authSecret.optional(),
});

export type Settings = {
  readonly port: number;
  /** The one address to listen on; null for all of this machine's. */
  readonly host: string | null;
  readonly databaseUrl: string;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  readonly authSecret: string;
  /** The one address people open, without a trailing slash; null when any host that reaches us is right. */
  readonly publicUrl: string | null;
  /** A proxy in front of us tells the client's address and the host: believe its forwarded headers. */
  readonly trustProxy: boolean;
  readonly serve: "all" | "api" | "dashboard";
  readonly firstAdmin: { readonly email: string; readonly password: string } | null;
  /** Failed attempts to authenticate that one address has per minute and process; 0 is no limit. */
  readonly failedAuthPerMinute: number;
  /** Requests made for others (proxy, token refresh) may reach private, loopback and link-local addresses. */
  readonly proxyAllowPrivate: boolean;
  /** Where deployed code is run; null when nothing runs it. */
  readonly functionRunner: { readonly url: string; readonly timeoutMs: number } | null;
  /** OAuth applications of ours that integrations may use without credentials of their own, by provider. */
  readonly sharedApps: SharedApps;
  /** Days for which hourly totals of calls are kept. */
  readonly usageRetentionDays: number;
  /** What opens /metrics; null when only programs of this machine may read it. */
  readonly metricsToken: string | null;
  /** Seconds that a process serves on after SIGTERM while it says that it is not ready. */
  readonly drainSeconds: number;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
};

type ProcessEnv = Readonly<Record<string, string | undefined>>;

/** Reads every setting at once; the failure lists each wrong one as a line "NAME reason", values never repeated. */
export function parseSettings(env: ProcessEnv): Result<Settings, string[]> {
  const read = readAll(settingsSchema, env);
  if (!read.ok) return read;
  const value = read.value;
  return ok({
    port: value.PORT,
    host: value.LATCHKEY_HOST ?? null,
    databaseUrl: value.DATABASE_URL,
    masterKey: value.LATCHKEY_MASTER_KEY,
    authSecret: value.NEXTAUTH_SECRET,
    publicUrl: value.LATCHKEY_URL ?? null,
    trustProxy: value.LATCHKEY_TRUST_PROXY === "true",
    serve: value.LATCHKEY_SERVE,
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
    logLevel: value.LATCHKEY_LOG_LEVEL,
  });
}

/** What can be known before the embedded default has added its own database and secrets. */
export type BootstrapSettings = Pick<Settings, "port" | "host" | "serve"> & {
  /** Where the embedded default keeps its data, as a whole path; null when DATABASE_URL is set and there is none. */
  readonly dataFolder: string | null;
};

/** Checks all settings, so that whatever is wrong is told before anything is made. Failures as in `parseSettings`. */
export function parseBootstrapSettings(env: ProcessEnv): Result<BootstrapSettings, string[]> {
  const ownDatabase = env.DATABASE_URL !== undefined && env.DATABASE_URL !== "";
  const read = readAll(ownDatabase ? settingsSchema : bootstrapSchema, env);
  if (!read.ok) return read;
  return ok({
    port: read.value.PORT,
    host: read.value.LATCHKEY_HOST ?? null,
    serve: read.value.LATCHKEY_SERVE,
    dataFolder: ownDatabase ? null : path.resolve(read.value.LATCHKEY_DATA_DIR),
  });
}

function readAll<Schema extends z.ZodType>(
  schema: Schema,
  env: ProcessEnv,
): Result<z.output<Schema>, string[]> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  const wrong = (parsed.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0] ?? "");
    return `${name} ${given[name] === undefined ? "is required" : issue.message}`;
  });
  if ((given.LATCHKEY_ADMIN_EMAIL === undefined) !== (given.LATCHKEY_ADMIN_PASSWORD === undefined)) {
    wrong.push("LATCHKEY_ADMIN_EMAIL and LATCHKEY_ADMIN_PASSWORD go together: set both or neither");
  }
  return parsed.success && wrong.length === 0 ? ok(parsed.data) : fail(wrong);
}

let cachedSettings: Settings | undefined;

/** The settings of this process. The start checks them first, so a throw here means a process started around it. */
export function settings(): Settings {
  if (cachedSettings === undefined) {
    const parsed = parseSettings(process.env);
    if (!parsed.ok) throw new Error(`Settings: ${parsed.error.join("; ")}`);
    cachedSettings = parsed.value;
  }
  return cachedSettings;
}
