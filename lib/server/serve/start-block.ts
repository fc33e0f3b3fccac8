import type { FirstAdmin } from "@/lib/access/members/first-admin";
import type { Settings } from "@/lib/infrastructure/env/env";

export type StartFacts = {
  readonly settings: Pick<Settings, "url" | "host" | "port" | "serve">;
  readonly where: string;
  /** Null where no dashboard is served. */
  readonly firstAdmin: FirstAdmin | null;
};

/** Where people and programs reach this process. */
export function addressOf({ url, host, port }: StartFacts["settings"]): string {
  if (url !== null) return url;
  const name = host === null || host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/** What a person reads once Latchkey runs: the address, where the data lives, how to sign in. */
export function startBlock({ settings, where, firstAdmin }: StartFacts): string {
  const address = addressOf(settings);
  const lines = [
    ["Address", settings.serve === "api" ? `${address} (the API alone)` : address],
    ["Data", where],
    ["Sign in", signInWords(address, firstAdmin)],
    ["Stop", "Ctrl-C"],
  ].map(([name = "", text = ""]) => `  ${name.padEnd(9)}${text}`);
  return `\nLatchkey is running\n\n${lines.join("\n")}\n\n`;
}

function signInWords(address: string, firstAdmin: FirstAdmin | null): string {
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
