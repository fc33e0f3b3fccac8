import { type Browser, chromium } from "@playwright/test";
import { browserPath } from "@/e2e/fixtures/chromium";
import { openSite, type Site } from "@/e2e/fixtures/site";
import { openThrowAwayPostgres, type ThrowAwayPostgres } from "@/e2e/fixtures/throw-away-postgres";

/**
 * Opens the resources of a measure. They are closed after the measure, also when it fails.
 */
export type Workspace = {
  /**
   * Returns the PostgreSQL server of the whole run, which is started on first use. Each measure creates its
   * own databases in it.
   */
  readonly sharedPostgres: () => Promise<ThrowAwayPostgres>;
  readonly openSite: () => Promise<Site>;
  readonly openBrowser: () => Promise<Browser>;
  /** Registers a function to run after the measure. Functions run in reverse order. */
  readonly addCleanup: (cleanUp: () => unknown) => void;
  /** Prints a line about the progress to standard error. */
  readonly logProgress: (text: string) => void;
};

export type CleanupStack = {
  readonly add: (cleanUp: () => unknown) => void;
  /** Runs each registered function once, newest first, also when some of them fail. */
  readonly run: () => Promise<void>;
};

/** Creates a stack of clean-up functions. A function that is added after `run` has started runs as well. */
export function createCleanupStack(): CleanupStack {
  const stack: (() => unknown)[] = [];
  let running: Promise<void> | null = null;

  async function runAll(): Promise<void> {
    for (let cleanUp = stack.pop(); cleanUp !== undefined; cleanUp = stack.pop()) {
      try {
        await cleanUp();
      } catch (error) {
        process.stderr.write(`Clean-up failed: ${String(error)}\n`);
      }
    }
  }

  return {
    add: (cleanUp) => {
      stack.push(cleanUp);
      // After an interruption a measure may still open a resource.
      if (running !== null) running = running.then(runAll);
    },
    run: () => {
      running ??= runAll();
      return running;
    },
  };
}

/**
 * Returns `create`, which returns the workspace of one measure. All workspaces share one PostgreSQL server,
 * which `runCleanups` stops.
 */
export function createWorkspaces(runCleanups: CleanupStack): {
  readonly create: (cleanups: CleanupStack) => Workspace;
} {
  let postgres: Promise<ThrowAwayPostgres> | undefined;
  const openPostgres = async () => {
    const opened = await openThrowAwayPostgres();
    runCleanups.add(opened.close);
    return opened;
  };
  const sharedPostgres = () => {
    postgres ??= openPostgres();
    return postgres;
  };
  return {
    create: (cleanups) => ({
      sharedPostgres,
      openSite: async () => {
        const site = await openSite((await sharedPostgres()).url);
        cleanups.add(site.close);
        return site;
      },
      openBrowser: async () => {
        const browser = await chromium.launch({
          ...browserPath(),
          args: ["--no-sandbox", "--disable-gpu"],
          handleSIGINT: false,
          handleSIGTERM: false,
          handleSIGHUP: false,
        });
        cleanups.add(() => browser.close());
        return browser;
      },
      addCleanup: cleanups.add,
      logProgress: (text) => process.stderr.write(`  ${text}\n`),
    }),
  };
}
