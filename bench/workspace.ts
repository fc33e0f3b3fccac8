import { type Browser, chromium } from "@playwright/test";
import { chromiumPath } from "@/e2e/fixtures/chromium";
import { openSite, type Site } from "@/e2e/fixtures/site";
import { openThrowAwayPostgres, type ThrowAwayPostgres } from "@/e2e/fixtures/throw-away-postgres";

/** What a measure works with. Whatever is opened through it is closed when the measure is over, whatever happens. */
export type Workspace = {
  /** One for the whole run; databases in it are a measure's own. */
  readonly sharedPostgres: () => Promise<ThrowAwayPostgres>;
  readonly openSite: () => Promise<Site>;
  readonly openBrowser: () => Promise<Browser>;
  /** Has something done at the end; what was asked for last comes first. */
  readonly addCleanup: (end: () => unknown) => void;
  /** Tells whoever waits what is happening. */
  readonly logProgress: (sentence: string) => void;
};

export type CleanupStack = {
  readonly add: (end: () => unknown) => void;
  /** Does all that was added, newest first, also when some of it fails; once each. */
  readonly run: () => Promise<void>;
};

export function openCleanupStack(): CleanupStack {
  const ends: (() => unknown)[] = [];
  let over: Promise<void> | null = null;

  async function endAll(): Promise<void> {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
      try {
        await end();
      } catch (error) {
        process.stderr.write(`Not ended in order: ${String(error)}\n`);
      }
    }
  }

  return {
    add: (end) => {
      ends.push(end);
      // A measure that was interrupted may have been about to open it.
      if (over !== null) over = over.then(endAll);
    },
    run: () => {
      over ??= endAll();
      return over;
    },
  };
}

/** A place for one measure after the other: `enter` gives each its own endings. */
export function openWorkspaces(wholeRun: CleanupStack): {
  readonly enter: (endings: CleanupStack) => Workspace;
} {
  let postgres: Promise<ThrowAwayPostgres> | undefined;
  const openPostgres = async () => {
    const opened = await openThrowAwayPostgres();
    wholeRun.add(opened.close);
    return opened;
  };
  const sharedPostgres = () => {
    postgres ??= openPostgres();
    return postgres;
  };
  return {
    enter: (endings) => ({
      sharedPostgres: sharedPostgres,
      openSite: async () => {
        const site = await openSite((await sharedPostgres()).url);
        endings.add(site.close);
        return site;
      },
      openBrowser: async () => {
        const browser = await chromium.launch({
          executablePath: chromiumPath(),
          args: ["--no-sandbox", "--disable-gpu"],
          handleSIGINT: false,
          handleSIGTERM: false,
          handleSIGHUP: false,
        });
        endings.add(() => browser.close());
        return browser;
      },
      addCleanup: endings.add,
      logProgress: (sentence) => process.stderr.write(`  ${sentence}\n`),
    }),
  };
}
