import { pino } from "pino";
import { settings } from "./env";

type ErrorFacts = {
  readonly type: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly stack?: string | undefined;
};

/**
 * What may be written of an error. A failed query's own message repeats its parameters, and Postgres' `detail`
 * repeats a row's values; both may be secret, so only the innermost cause's message, code and stack are kept.
 */
export function errorFacts(error: unknown): ErrorFacts {
  const cause = innermost(error);
  if (!(cause instanceof Error)) return { type: typeof cause, message: "not an Error" };
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  return { type: cause.name, message: cause.message, code, stack: cause.stack };
}

function innermost(error: unknown): unknown {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return current;
}

/** Where a secret could ride along when a request or its headers are logged. */
const secretPaths = ["authorization", "cookie", '["set-cookie"]', '["proxy-authorization"]'].flatMap(
  (name) => {
    const at = name.startsWith("[") ? name : `.${name}`;
    return [name, `headers${at}`, `req.headers${at}`, `res.headers${at}`, `request.headers${at}`];
  },
);

export type Log = pino.Logger;

/** A log at `level` that writes to `stream`, or to standard output. */
export function openLog(level: string, stream?: pino.DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretPaths, censor: "[redacted]" },
    serializers: { err: errorFacts },
  };
  return stream === undefined ? pino(options) : pino(options, stream);
}

let opened: Log | undefined;

/** The process's log: one JSON line an event on standard output. Pass an error as `err`; never give it a secret. */
export function log(): Log {
  opened ??= openLog(settings().logLevel);
  return opened;
}
