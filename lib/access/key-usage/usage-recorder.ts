import { setTimeout as wait } from "node:timers/promises";
import { withTimeout } from "@/lib/infrastructure/timeout";
import {
  createUsageAggregator,
  type KeyUse,
  type NumberedBatch,
  type UsageLimits,
  usageLimits,
} from "./usage-aggregator";

export type UsageStats = {
  /** Calls noted and not yet known to be written. */
  readonly pendingCalls: number;
  /** Rows that these come to. */
  readonly pendingRows: number;
  readonly failedWrites: number;
  readonly writtenBatches: number;
  /** Calls that are counted without some of their details, for want of room. */
  readonly mergedCalls: number;
};

export type UsageRecorder = {
  /** Remembers one authenticated call; costs about a microsecond and never fails. */
  readonly record: (use: KeyUse) => void;
  /**
   * Offers to take a message for the signal channel along with the next write. True when a write has begun that does;
   * false when none is due: the caller then sends its message itself.
   */
  readonly piggyback: (message: string) => boolean;
  /** Writes all that was noted before, trying again for some seconds, then rejects with the reason. */
  readonly flush: () => Promise<void>;
  readonly stats: () => UsageStats;
};

export type UsageRecorderOptions = {
  /** Writes a batch once, however often it is given the same number, and passes on the message, if there is one. */
  readonly write: (batch: NumberedBatch, message: string | null) => Promise<unknown>;
  readonly onFailure: (error: unknown) => void;
  readonly limits?: UsageLimits;
};

/** Least milliseconds between the beginnings of two writes that carry a message. */
const minWriteIntervalMs = 1000;

/** Milliseconds after which uses are written though nobody asked to have a message carried; also before a new try. */
const maxWriteDelayMs = 1500;

/** Milliseconds that a flush may take, and between its tries. */
const flushTimeoutMs = 5000;
const flushRetryDelayMs = 200;

const recorders = new Set<UsageRecorder>();

/** Writes every recorder's uses: for the moment before the process ends. */
export async function flushUsage(): Promise<void> {
  await Promise.all([...recorders].map((recorder) => recorder.flush()));
}

/**
 * Adds up calls in memory and writes them in one batch about once a second. A batch that fails is kept as it is and sent
 * again under its number until it succeeds; what is noted meanwhile gathers in the next.
 */
export function createUsageRecorder({
  write,
  onFailure,
  limits = usageLimits,
}: UsageRecorderOptions): UsageRecorder {
  let aggregator = createUsageAggregator(limits);
  let pendingBatch: {
    readonly batch: NumberedBatch;
    readonly notes: number;
    readonly entries: number;
  } | null = null;
  let lastBatchNumber = 0;
  let lastWrittenNumber = 0;
  let failedWrites = 0;
  let previouslyMergedCalls = 0;
  let inFlightWrite: Promise<void> | null = null;
  let lastWriteStartedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const hasPending = () => pendingBatch !== null || aggregator.size().calls > 0;

  function record(use: KeyUse): void {
    aggregator.add(use);
    timer ??= setTimeout(writeOnTimer, maxWriteDelayMs).unref();
  }

  function writeOnTimer(): void {
    timer = undefined;
    // The end of a write under way sets the timer again for what waits.
    if (inFlightWrite === null && hasPending()) startWrite(null).catch(onFailure);
  }

  function piggyback(message: string): boolean {
    if (
      inFlightWrite !== null ||
      performance.now() - lastWriteStartedAt < minWriteIntervalMs ||
      !hasPending()
    )
      return false;
    startWrite(message).catch(onFailure);
    return true;
  }

  function startWrite(message: string | null): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    lastWriteStartedAt = performance.now();
    pendingBatch ??= takePendingBatch();
    inFlightWrite = send(pendingBatch.batch, message).finally(() => {
      inFlightWrite = null;
      if (hasPending()) timer ??= setTimeout(writeOnTimer, maxWriteDelayMs).unref();
    });
    return inFlightWrite;
  }

  function takePendingBatch() {
    const { calls, rows, mergedCalls } = aggregator.size();
    lastBatchNumber += 1;
    const batch = { ...aggregator.batch(), number: lastBatchNumber };
    previouslyMergedCalls += mergedCalls;
    aggregator = createUsageAggregator(limits);
    return { batch, notes: calls, entries: rows };
  }

  async function send(batch: NumberedBatch, message: string | null): Promise<void> {
    try {
      await write(batch, message);
      lastWrittenNumber = batch.number;
      pendingBatch = null;
    } catch (error) {
      failedWrites += 1;
      throw error;
    }
  }

  async function writeUntil(due: number, deadline: number): Promise<void> {
    while (lastWrittenNumber < due) {
      try {
        await (inFlightWrite ?? startWrite(null));
      } catch (error) {
        if (performance.now() + flushRetryDelayMs > deadline) throw error;
        await wait(flushRetryDelayMs);
      }
    }
  }

  const recorder: UsageRecorder = {
    record,
    piggyback,
    flush: () => {
      const due = lastBatchNumber + (aggregator.size().calls > 0 ? 1 : 0);
      const done = writeUntil(due, performance.now() + flushTimeoutMs);
      return withTimeout(done, flushTimeoutMs, "Writing the uses of keys");
    },
    stats: () => {
      const { calls, rows, mergedCalls } = aggregator.size();
      return {
        pendingCalls: calls + (pendingBatch?.notes ?? 0),
        pendingRows: rows + (pendingBatch?.entries ?? 0),
        failedWrites,
        writtenBatches: lastWrittenNumber,
        mergedCalls: previouslyMergedCalls + mergedCalls,
      };
    },
  };
  recorders.add(recorder);
  return recorder;
}
