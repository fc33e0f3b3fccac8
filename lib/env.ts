import { z } from "zod";
import { fail, ok, type Result } from "./result";

const base64Key = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, "must be 32 bytes in base64 (make one with: openssl rand -base64 32)")
  .transform((text) => Buffer.from(text, "base64"));

const schema = z
  .object({
    PORT: z.coerce
      .number("must be a number")
      .int("must be a whole number")
      .min(1, "must be 1 to 65535")
      .max(65535, "must be 1 to 65535")
      .default(3000),
    DATABASE_URL: z.url({
      protocol: /^postgres(ql)?$/,
      error: "must look like postgres://user:password@host/db",
    }),
    LATCHKEY_MASTER_KEY: base64Key,
    NEXTAUTH_SECRET: z.string().min(32, "must be at least 32 characters"),
    LATCHKEY_URL: z
      .url({ protocol: /^https?$/, error: "must be the address people open, like https://keys.example.com" })
      .transform((url) => url.replace(/\/+$/, ""))
      .optional(),
    LATCHKEY_SERVE: z.enum(["all", "api", "dashboard"], "must be all, api or dashboard").default("all"),
    LATCHKEY_ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
    LATCHKEY_ADMIN_PASSWORD: z.string().min(12, "must be at least 12 characters").optional(),
    LATCHKEY_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  })
  .refine((env) => (env.LATCHKEY_ADMIN_EMAIL === undefined) === (env.LATCHKEY_ADMIN_PASSWORD === undefined), {
    path: ["LATCHKEY_ADMIN_EMAIL"],
    error: "and LATCHKEY_ADMIN_PASSWORD go together",
  });

export type Settings = {
  readonly port: number;
  readonly databaseUrl: string;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  readonly authSecret: string;
  /** The one address people open, without a trailing slash; null when any host that reaches us is right. */
  readonly url: string | null;
  readonly serve: "all" | "api" | "dashboard";
  readonly firstAdmin: { readonly email: string; readonly password: string } | null;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
};

/** Reads every setting at once; the failure lists each wrong one as a line "NAME reason", values never repeated. */
export function parseSettings(env: Readonly<Record<string, string | undefined>>): Result<Settings, string[]> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    return fail(
      parsed.error.issues.map((issue) => {
        const name = String(issue.path[0] ?? "");
        return `${name} ${given[name] === undefined ? "is required" : issue.message}`;
      }),
    );
  }
  const value = parsed.data;
  return ok({
    port: value.PORT,
    databaseUrl: value.DATABASE_URL,
    masterKey: value.LATCHKEY_MASTER_KEY,
    authSecret: value.NEXTAUTH_SECRET,
    url: value.LATCHKEY_URL ?? null,
    serve: value.LATCHKEY_SERVE,
    firstAdmin:
      value.LATCHKEY_ADMIN_EMAIL !== undefined && value.LATCHKEY_ADMIN_PASSWORD !== undefined
        ? { email: value.LATCHKEY_ADMIN_EMAIL, password: value.LATCHKEY_ADMIN_PASSWORD }
        : null,
    logLevel: value.LATCHKEY_LOG_LEVEL,
  });
}

let known: Settings | undefined;

/** The settings of this process. The start checks them first, so a throw here means a process started around it. */
export function settings(): Settings {
  if (known === undefined) {
    const parsed = parseSettings(process.env);
    if (!parsed.ok) throw new Error(`Settings: ${parsed.error.join("; ")}`);
    known = parsed.value;
  }
  return known;
}
