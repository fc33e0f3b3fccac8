/** Oldest CLI version that may deploy (docs/environment-api.md, section 2, 15). */
export const minCliVersion = "0.39.25";

const cliUserAgent = /^nango-cli\/(\d+)\.(\d+)\.(\d+)/;

/** True when the user agent is that of a CLI older than `minCliVersion`. Other programs are supported. */
export function isUnsupportedCli(userAgent: string | undefined): boolean {
  const match = cliUserAgent.exec(userAgent ?? "");
  if (match === null) return false;
  const minimum = minCliVersion.split(".").map(Number);
  for (const [index, minimumPart] of minimum.entries()) {
    const part = Number(match[index + 1]);
    if (part !== minimumPart) return part < minimumPart;
  }
  return false;
}
