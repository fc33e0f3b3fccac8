import { pino } from "pino";
import { settings } from "@/lib/infrastructure/settings/settings";
import { describeError } from "./describe-error";
import { createIsoClock } from "./iso-clock";
import { openLogDestination } from "./log-destination";

/** Where secrets can be in a logged object: in headers, a request or a response. */
const secretPaths = ["authorization", "cookie", '["set-cookie"]', '["proxy-authorization"]'].flatMap(
  (name) => {
    const suffix = name.startsWith("[") ? name : `.${name}`;
    return [
      name,
      `headers${suffix}`,
      `req.headers${suffix}`,
      `res.headers${suffix}`,
      `request.headers${suffix}`,
    ];
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

let cachedLog: Log | undefined;

/**
 * Returns the log of this process: one JSON line per event on standard output. Pass errors as `err`. Never
 * pass a secret.
 */
export function log(): Log {
  cachedLog ??= openLog(settings().logLevel, openLogDestination(standardOutput));
  return cachedLog;
}
