import { pino } from "pino";
import { settings } from "@/lib/infrastructure/settings/settings";
import { describeError } from "./describe-error";
import { createIsoClock } from "./iso-clock";
import { openLogDestination } from "./log-destination";

/** Paths of secrets in a logged request or its headers. */
const secretPaths = ["authorization", "cookie", '["set-cookie"]', '["proxy-authorization"]'].flatMap(
  (name) => {
    const at = name.startsWith("[") ? name : `.${name}`;
    return [name, `headers${at}`, `req.headers${at}`, `res.headers${at}`, `request.headers${at}`];
  },
);

const clock = createIsoClock();

const standardOutput = 1;

export type Log = pino.Logger;

/** Opens a log at `level` that writes to `stream`. */
export function openLog(level: string, stream: pino.DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${clock()}"`,
    redact: { paths: secretPaths, censor: "[redacted]" },
    serializers: { err: describeError },
  };
  return pino(options, stream);
}

let opened: Log | undefined;

/**
 * Returns the log of this process: one JSON line per event on standard output. Pass errors as `err`. Never
 * pass a secret.
 */
export function log(): Log {
  opened ??= openLog(settings().logLevel, openLogDestination(standardOutput));
  return opened;
}
