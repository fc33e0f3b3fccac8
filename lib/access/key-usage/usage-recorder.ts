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
  /** Calls recorded but not known to be written. */
  readonly pendingCalls: number;
  /** Rows of these calls after aggregation. */
  readonly pendingRows: number;
  readonly failedWrites: number;
  readonly writtenBatches: number;
  /** Calls that lost a detail at a limit. */
  readonly mergedCalls: number;
};

export type UsageRecorder = {
  /** Records one authenticated call in memory. Takes about a microsecond; never throws. */
  readonly record: (use: KeyUse) => void;
  /**
   * Starts a write that also sends a message on the notification channel. False when no write is due: the
   * caller then sends the message itself.
   */
  readonly piggyback: (message: string) => boolean;
  /** Writes all calls recorded so far. Retries for five seconds, then rejects with the last error. */
  readonly flush: () => Promise<void>;
  readonly stats: () => UsageStats;
};

export type UsageRecorderOptions = {
  /** Writes a batch at most once for each batch number, and sends the message if it is not null. */
  readonly write: (batch: NumberedBatch, message: string | null) => Promise<unknown>;
  readonly onFailure: (error: unknown) => void;
  readonly limits?: UsageLimits;
};

/** Minimum milliseconds between the start of a write and the next write with a piggybacked message. */
const minWriteIntervalMs = 1000;

/**
 * Milliseconds after which calls are written without a piggybacked message, and a failed write is retried.
 */
const maxWriteDelayMs = 1500;

/** Milliseconds that a flush may take. */
const flushTimeoutMs = 5000;

/** Milliseconds between the attempts of a flush. */
const flushRetryDelayMs = 200;

const recorders = new Set<UsageRecorder>();

/** Flushes every recorder of this process, before the process exits. */
export async function flushUsage(): Promise<void> {
  await Promise.all([...recorders].map((recorder) => recorder.flush()));
}

/**
 * Creates a recorder that aggregates calls in memory and writes them in one batch about once a second. A
 * failed batch is kept unchanged and sent again with its number until it succeeds; later calls go into the
 * next batch.
 */
export function createUsageRecorder({
  write,
  onFailure,
  limits = usageLimits,
}: UsageRecorderOptions): UsageRecorder {
  let aggregator = createUsageAggregator(limits);
  let pendingBatch: {
    readonly batch: NumberedBatch;
    readonly calls: number;
    readonly rows: number;
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
    // A write in flight sets the timer again at its end if calls are pending.
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
    pendingBatch ??= createPendingBatch();
    inFlightWrite = send(pendingBatch.batch, message).finally(() => {
      inFlightWrite = null;
      if (hasPending()) timer ??= setTimeout(writeOnTimer, maxWriteDelayMs).unref();
    });
    return inFlightWrite;
  }

  function createPendingBatch() {
    const { calls, rows, mergedCalls } = aggregator.size();
    lastBatchNumber += 1;
    const batch = { ...aggregator.batch(), number: lastBatchNumber };
    previouslyMergedCalls += mergedCalls;
    aggregator = createUsageAggregator(limits);
    return { batch, calls, rows };
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

  async function writeThrough(batchNumber: number, deadline: number): Promise<void> {
    while (lastWrittenNumber < batchNumber) {
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
      const batchNumber = lastBatchNumber + (aggregator.size().calls > 0 ? 1 : 0);
      const done = writeThrough(batchNumber, performance.now() + flushTimeoutMs);
      return withTimeout(done, flushTimeoutMs, "Usage flush");
    },
    stats: () => {
      const { calls, rows, mergedCalls } = aggregator.size();
      return {
        pendingCalls: calls + (pendingBatch?.calls ?? 0),
        pendingRows: rows + (pendingBatch?.rows ?? 0),
        failedWrites,
        writtenBatches: lastWrittenNumber,
        mergedCalls: previouslyMergedCalls + mergedCalls,
      };
    },
  };
  recorders.add(recorder);
  return recorder;
}
