import type { FirstAdminOutcome } from "@/lib/access/members/first-admin";
import type { Settings } from "@/lib/infrastructure/settings/settings";

export type StartBannerFields = {
  readonly settings: Pick<Settings, "publicUrl" | "host" | "port" | "servedParts">;
  readonly dataLocation: string;
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
 * Formats the text that the server prints when it has started: its URL, where the data is stored, how to sign
 * in.
 */
export function formatStartBanner({ settings, dataLocation, firstAdmin }: StartBannerFields): string {
  const url = serverUrl(settings);
  const lines = [
    ["URL", settings.servedParts === "api" ? `${url} (API only)` : url],
    ["Data", dataLocation],
    ["Sign in", formatSignIn(url, firstAdmin)],
    ["Stop", "Ctrl-C"],
  ].map(([name = "", text = ""]) => `  ${name.padEnd(9)}${text}`);
  return `\nLatchkey is running\n\n${lines.join("\n")}\n\n`;
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
