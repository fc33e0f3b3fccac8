import type { FirstAdminOutcome } from "@/lib/access/members/first-admin";
import type { Settings } from "@/lib/infrastructure/settings/settings";

export type StartBannerFields = {
  readonly settings: Pick<Settings, "publicUrl" | "host" | "port" | "serve">;
  readonly dataLocation: string;
  /** Null where no dashboard is served. */
  readonly firstAdmin: FirstAdminOutcome | null;
};

/** Where people and programs reach this process. */
export function serverUrl({ publicUrl, host, port }: StartBannerFields["settings"]): string {
  if (publicUrl !== null) return publicUrl;
  const name = host === null || host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/** What a person reads once Latchkey runs: the address, where the data lives, how to sign in. */
export function formatStartBanner({ settings, dataLocation, firstAdmin }: StartBannerFields): string {
  const address = serverUrl(settings);
  const lines = [
    ["Address", settings.serve === "api" ? `${address} (the API alone)` : address],
    ["Data", dataLocation],
    ["Sign in", formatSignIn(address, firstAdmin)],
    ["Stop", "Ctrl-C"],
  ].map(([name = "", text = ""]) => `  ${name.padEnd(9)}${text}`);
  return `\nLatchkey is running\n\n${lines.join("\n")}\n\n`;
}

function formatSignIn(address: string, firstAdmin: FirstAdminOutcome | null): string {
  if (firstAdmin === null) return "not here: another process serves the dashboard";
  switch (firstAdmin.kind) {
    case "exists":
      return `${address}/signin`;
    case "created":
      return `${address}/signin as ${firstAdmin.email}, with the password of LATCHKEY_ADMIN_PASSWORD`;
    case "link":
      return `open this one-time link and choose a password for the first admin:\n           ${address}${firstAdmin.path}`;
  }
}
