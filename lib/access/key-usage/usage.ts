import { setTimeout as wait } from "node:timers/promises";
import { withDeadline } from "@/lib/infrastructure/deadline";
import { gatherUsage, type KeyUse, type NumberedBatch, type UsageBounds, usageBounds } from "./usage-batch";

export type UsageStats = {
  /** Calls noted and not yet known to be written. */
  readonly waitingNotes: number;
  /** Rows that these come to. */
  readonly waitingEntries: number;
  readonly failedWrites: number;
  readonly writtenBatches: number;
  /** Calls that are counted without some of their details, for want of room. */
  readonly mergedNotes: number;
};

export type UsageRecorder = {
  /** Remembers one authenticated call; costs about a microsecond and never fails. */
  readonly note: (use: KeyUse) => void;
  /**
   * Offers to take a message for the signal channel along with the next write. True when a write has begun that does;
   * false when none is due: the caller then sends its message itself.
   */
  readonly carry: (message: string) => boolean;
  /** Writes all that was noted before, trying again for some seconds, then rejects with the reason. */
  readonly flush: () => Promise<void>;
  readonly stats: () => UsageStats;
};

export type UsageOptions = {
  /** Writes a batch once, however often it is given the same number, and passes on the message, if there is one. */
  readonly write: (batch: NumberedBatch, message: string | null) => Promise<unknown>;
  readonly onFailure: (error: unknown) => void;
  readonly bounds?: UsageBounds;
};

/** Least milliseconds between the beginnings of two writes that carry a message. */
const betweenWrites = 1000;

/** Milliseconds after which uses are written though nobody asked to have a message carried; also before a new try. */
const writesUnasked = 1500;

/** Milliseconds that a flush may take, and between its tries. */
const flushPatience = 5000;
const flushPause = 200;

const recorders = new Set<UsageRecorder>();

/** Writes every recorder's uses: for the moment before the process ends. */
export async function flushUsage(): Promise<void> {
  await Promise.all([...recorders].map((recorder) => recorder.flush()));
}

/**
 * Adds up calls in memory and writes them in one batch about once a second. A batch that fails is kept as it is and sent
 * again under its number until it succeeds; what is noted meanwhile gathers in the next.
 */
export function usageRecorder({ write, onFailure, bounds = usageBounds }: UsageOptions): UsageRecorder {
  let gathering = gatherUsage(bounds);
  let frozen: { readonly batch: NumberedBatch; readonly notes: number; readonly entries: number } | null =
    null;
  let numbered = 0;
  let written = 0;
  let failedWrites = 0;
  let mergedBefore = 0;
  let writing: Promise<void> | null = null;
  let lastBegan = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const hasWaiting = () => frozen !== null || gathering.size().notes > 0;

  function note(use: KeyUse): void {
    gathering.add(use);
    timer ??= setTimeout(writeUnasked, writesUnasked).unref();
  }

  function writeUnasked(): void {
    timer = undefined;
    // The end of a write under way sets the timer again for what waits.
    if (writing === null && hasWaiting()) begin(null).catch(onFailure);
  }

  function carry(message: string): boolean {
    if (writing !== null || performance.now() - lastBegan < betweenWrites || !hasWaiting()) return false;
    begin(message).catch(onFailure);
    return true;
  }

  function begin(message: string | null): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    lastBegan = performance.now();
    frozen ??= freeze();
    writing = send(frozen.batch, message).finally(() => {
      writing = null;
      if (hasWaiting()) timer ??= setTimeout(writeUnasked, writesUnasked).unref();
    });
    return writing;
  }

  function freeze() {
    const { notes, entries, merged } = gathering.size();
    numbered += 1;
    const batch = { ...gathering.batch(), number: numbered };
    mergedBefore += merged;
    gathering = gatherUsage(bounds);
    return { batch, notes, entries };
  }

  async function send(batch: NumberedBatch, message: string | null): Promise<void> {
    try {
      await write(batch, message);
      written = batch.number;
      frozen = null;
    } catch (error) {
      failedWrites += 1;
      throw error;
    }
  }

  async function writeUntil(due: number, deadline: number): Promise<void> {
    while (written < due) {
      try {
        await (writing ?? begin(null));
      } catch (error) {
        if (performance.now() + flushPause > deadline) throw error;
        await wait(flushPause);
      }
    }
  }

  const recorder: UsageRecorder = {
    note,
    carry,
    flush: () => {
      const due = numbered + (gathering.size().notes > 0 ? 1 : 0);
      const done = writeUntil(due, performance.now() + flushPatience);
      return withDeadline(done, flushPatience, "Writing the uses of keys");
    },
    stats: () => {
      const { notes, entries, merged } = gathering.size();
      return {
        waitingNotes: notes + (frozen?.notes ?? 0),
        waitingEntries: entries + (frozen?.entries ?? 0),
        failedWrites,
        writtenBatches: written,
        mergedNotes: mergedBefore + merged,
      };
    },
  };
  recorders.add(recorder);
  return recorder;
}
