import pino from "pino";
import { settings } from "./env";

let opened: pino.Logger | undefined;

/** Where a secret could ride along when a request or its headers are logged. */
const secretPaths = ["authorization", "cookie", '["set-cookie"]', '["proxy-authorization"]'].flatMap(
  (name) => {
    const at = name.startsWith("[") ? name : `.${name}`;
    return [name, `headers${at}`, `req.headers${at}`, `res.headers${at}`, `request.headers${at}`];
  },
);

/** The process's log: JSON lines on standard output at the level of LATCHKEY_LOG_LEVEL. Never give it a secret. */
export function log(): pino.Logger {
  opened ??= pino({
    level: settings().logLevel,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretPaths, censor: "[redacted]" },
  });
  return opened;
}
