/**
 * What the words after `npm test --` ask for. Nothing means everything. A file below `e2e/` or an option of Playwright
 * means only that; other files mean vitest; `--grep X` means the tests of both whose names match.
 *
 * @param {string[]} words
 */
export function chooseChecks(words) {
  const at = words.findIndex((word) => word === "--grep" || word === "-g");
  const grep = at === -1 ? undefined : words[at + 1];
  const rest = at === -1 ? words : words.toSpliced(at, 2);
  const forPlaywright = rest.some((word) => /^(\.\/)?e2e(\/|$)|^--(project|headed|workers|debug)/.test(word));
  const forVitest = rest.length > 0 && !forPlaywright;
  return {
    all: words.length === 0,
    runVitest: !forPlaywright,
    runPlaywright: !forVitest,
    vitest: [...(grep === undefined ? [] : ["-t", grep]), ...(forVitest ? rest : [])],
    playwright: [
      ...(grep === undefined ? [] : ["--grep", grep, "--pass-with-no-tests"]),
      ...(forPlaywright ? rest : []),
    ],
  };
}
