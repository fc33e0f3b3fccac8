/** The oldest version of the command line that is served (contract, section 2, 15). */
export const minCliVersion = "0.39.25";

const cliUserAgent = /^nango-cli\/(\d+)\.(\d+)\.(\d+)/;

/** Is this the user agent of a command line that is too old? Any other program's is not. */
export function isUnsupportedCli(userAgent: string | undefined): boolean {
  const given = cliUserAgent.exec(userAgent ?? "");
  if (given === null) return false;
  const oldest = minCliVersion.split(".").map(Number);
  for (const [at, least] of oldest.entries()) {
    const part = Number(given[at + 1]);
    if (part !== least) return part < least;
  }
  return false;
}
