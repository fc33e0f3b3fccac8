/** Oldest CLI version that may deploy (docs/environment-api.md, "15. deploy"). */
export const minCliVersion = "0.39.25";

const cliUserAgent = /^nango-cli\/(\d+)\.(\d+)\.(\d+)/;

/** True when the user agent is a CLI older than `minCliVersion`. False for any other program. */
export function isUnsupportedCli(userAgent: string | undefined): boolean {
  const match = cliUserAgent.exec(userAgent ?? "");
  if (match === null) return false;
  const minimum = minCliVersion.split(".").map(Number);
  for (const [index, minimumNumber] of minimum.entries()) {
    const number = Number(match[index + 1]);
    if (number !== minimumNumber) return number < minimumNumber;
  }
  return false;
}
