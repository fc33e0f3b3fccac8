import { expect, test } from "vitest";
import { chooseChecks } from "./test-choice.mjs";

test.each([
  [[], { all: true, runVitest: true, runPlaywright: true, vitest: [], playwright: [] }],
  [["e2e/api"], { all: false, runVitest: false, runPlaywright: true, playwright: ["e2e/api"] }],
  [["lib/env.test.ts"], { all: false, runVitest: true, runPlaywright: false, vitest: ["lib/env.test.ts"] }],
  [
    ["--grep", "a key"],
    {
      runVitest: true,
      runPlaywright: true,
      vitest: ["-t", "a key"],
      playwright: ["--grep", "a key", "--pass-with-no-tests"],
    },
  ],
  [
    ["e2e/ui", "--grep", "x"],
    { runVitest: false, runPlaywright: true, playwright: ["--grep", "x", "--pass-with-no-tests", "e2e/ui"] },
  ],
])("%j", (args, choice) => {
  expect(chooseChecks(args)).toMatchObject(choice);
});
