import type { FirstAdminOutcome } from "@/lib/access/members/first-admin";
import type { Pooler } from "@/lib/infrastructure/db/detect-pooler";
import type { Settings } from "@/lib/infrastructure/settings/settings";

export type StartBannerFields = {
  readonly settings: Pick<Settings, "publicUrl" | "host" | "port" | "servedParts">;
  readonly dataLocation: string;
  readonly pooler: Pooler;
  readonly canListen: boolean;
  /** Null when this process serves no dashboard. */
  readonly firstAdmin: FirstAdminOutcome | null;
};

/** Returns the URL of this process for browsers and API clients. */
export function serverUrl({ publicUrl, host, port }: StartBannerFields["settings"]): string {
  if (publicUrl !== null) return publicUrl;
  const name = host === null || host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/**
 * Formats the text that the server prints when it has started: its URL, where the data is stored, a detected
 * pooler, how to sign in.
 */
export function formatStartBanner(fields: StartBannerFields): string {
  const { settings, dataLocation, firstAdmin } = fields;
  const url = serverUrl(settings);
  const lines = [
    ["URL", settings.servedParts === "api" ? `${url} (API only)` : url],
    ["Data", dataLocation],
    ...formatPooler(fields),
    ["Sign in", formatSignIn(url, firstAdmin)],
    ["Stop", "Ctrl-C"],
  ].map(([name = "", text = ""]) => `  ${name.padEnd(9)}${text}`);
  return `\nLatchkey is running\n\n${lines.join("\n")}\n\n`;
}

function formatPooler({
  pooler,
  canListen,
}: Pick<StartBannerFields, "pooler" | "canListen">): [string, string][] {
  if (pooler === "none") return [];
  if (pooler === "session") return [["Pooler", "session mode"]];
  const effect = canListen
    ? "LISTEN and migrations use LATCHKEY_DATABASE_DIRECT_URL"
    : "every request queries the database and pages are not live; set LATCHKEY_DATABASE_DIRECT_URL";
  return [["Pooler", `transaction mode: ${effect}`]];
}

function formatSignIn(url: string, firstAdmin: FirstAdminOutcome | null): string {
  if (firstAdmin === null) return "on the process that serves the dashboard";
  switch (firstAdmin.kind) {
    case "exists":
      return `${url}/signin`;
    case "created":
      return `${url}/signin as ${firstAdmin.email}, with the password in LATCHKEY_ADMIN_PASSWORD`;
    case "link":
      return `open this one-time link and choose a password for the first admin:\n           ${url}${firstAdmin.path}`;
  }
}
