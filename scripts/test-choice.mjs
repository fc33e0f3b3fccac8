/**
 * Chooses the checks for the arguments of `npm test --`. Without arguments all checks run. With a file below
 * `e2e/` or an option of Playwright only Playwright runs, with other files only vitest. `--grep X` chooses
 * the tests of both whose names match.
 *
 * @param {string[]} args
 */
export function chooseChecks(args) {
  const grepIndex = args.findIndex((arg) => arg === "--grep" || arg === "-g");
  const grep = grepIndex === -1 ? undefined : args[grepIndex + 1];
  const rest = grepIndex === -1 ? args : args.toSpliced(grepIndex, 2);
  const forPlaywright = rest.some((arg) => /^(\.\/)?e2e(\/|$)|^--(project|headed|workers|debug)/.test(arg));
  const forVitest = rest.length > 0 && !forPlaywright;
  return {
    all: args.length === 0,
    runVitest: !forPlaywright,
    runPlaywright: !forVitest,
    vitest: [...(grep === undefined ? [] : ["-t", grep]), ...(forVitest ? rest : [])],
    playwright: [
      ...(grep === undefined ? [] : ["--grep", grep, "--pass-with-no-tests"]),
      ...(forPlaywright ? rest : []),
    ],
  };
}
