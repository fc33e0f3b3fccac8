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
  /**
   * Calls recorded with less detail because a limit was reached: without the details of the last use, under
   * the scope "*", or without client and address.
   */
  readonly mergedCalls: number;
};

export type UsageRecorder = {
  /** Records one authenticated call in memory. Takes about a microsecond; never throws. */
  readonly record: (use: KeyUse) => void;
  /**
   * Starts a write that also sends this notification, if a write is due. Returns false if none is due: the
   * notification is then not sent.
   */
  readonly trySendWithWrite: (message: string) => boolean;
  /**
   * Writes all calls recorded so far and retries failed writes. Rejects after five seconds, with the last
   * error or, if a write is still running, with `TimeoutError`.
   */
  readonly flush: () => Promise<void>;
  readonly stats: () => UsageStats;
};

export type UsageRecorderOptions = {
  /** Writes a batch, at most once for each batch number. Sends the message if it is not null. */
  readonly write: (batch: NumberedBatch, message: string | null) => Promise<unknown>;
  readonly onFailure: (error: unknown) => void;
  readonly limits?: UsageLimits;
};

/**
 * Minimum milliseconds between the start of a write and the next write with a heartbeat. Longer than the
 * interval between heartbeats, so that at least every second heartbeat is sent alone (`heartbeat.ts`).
 */
const minPiggybackIntervalMs = 1000;

/**
 * Milliseconds after which calls are written without a heartbeat, and after which a failed write is retried.
 * Longer than two intervals between heartbeats, so that as a rule a heartbeat starts the write.
 */
const maxWriteDelayMs = 1500;

/** Short, because by default Docker kills a process ten seconds after it has asked it to stop. */
const flushTimeoutMs = 5000;

const flushRetryDelayMs = 200;

const recorders = new Set<UsageRecorder>();

/** Flushes every recorder of this process. Call it before the process exits. */
export async function flushUsage(): Promise<void> {
  await Promise.all([...recorders].map((recorder) => recorder.flush()));
}

/**
 * Creates a recorder that aggregates calls in memory and writes them in one batch about once a second. A
 * failed batch is retried unchanged under the same number until it is written, so that no call is counted
 * twice. Later calls go into the next batch.
 */
export function createUsageRecorder({
  write,
  onFailure,
  limits = usageLimits,
}: UsageRecorderOptions): UsageRecorder {
  let aggregator = createUsageAggregator(limits);
  let unwrittenBatch: {
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

  const hasUnwrittenCalls = () => unwrittenBatch !== null || aggregator.size().calls > 0;

  function record(use: KeyUse): void {
    aggregator.add(use);
    timer ??= setTimeout(writeOnTimer, maxWriteDelayMs).unref();
  }

  function writeOnTimer(): void {
    timer = undefined;
    // A write in flight sets the timer again at its end if calls are not written yet.
    if (inFlightWrite === null && hasUnwrittenCalls()) startWrite(null).catch(onFailure);
  }

  function trySendWithWrite(message: string): boolean {
    if (
      inFlightWrite !== null ||
      performance.now() - lastWriteStartedAt < minPiggybackIntervalMs ||
      !hasUnwrittenCalls()
    )
      return false;
    startWrite(message).catch(onFailure);
    return true;
  }

  function startWrite(message: string | null): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    lastWriteStartedAt = performance.now();
    unwrittenBatch ??= createBatch();
    inFlightWrite = writeUnwritten(unwrittenBatch.batch, message).finally(() => {
      inFlightWrite = null;
      if (hasUnwrittenCalls()) timer ??= setTimeout(writeOnTimer, maxWriteDelayMs).unref();
    });
    return inFlightWrite;
  }

  function createBatch() {
    const { calls, rows, mergedCalls } = aggregator.size();
    lastBatchNumber += 1;
    const batch = { ...aggregator.batch(), number: lastBatchNumber };
    previouslyMergedCalls += mergedCalls;
    aggregator = createUsageAggregator(limits);
    return { batch, calls, rows };
  }

  async function writeUnwritten(batch: NumberedBatch, message: string | null): Promise<void> {
    try {
      await write(batch, message);
      lastWrittenNumber = batch.number;
      unwrittenBatch = null;
    } catch (error) {
      failedWrites += 1;
      throw error;
    }
  }

  async function writeBatchesUpTo(batchNumber: number, deadline: number): Promise<void> {
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
    trySendWithWrite,
    flush: () => {
      const batchNumber = lastBatchNumber + (aggregator.size().calls > 0 ? 1 : 0);
      const done = writeBatchesUpTo(batchNumber, performance.now() + flushTimeoutMs);
      return withTimeout(done, flushTimeoutMs, "Usage flush");
    },
    stats: () => {
      const { calls, rows, mergedCalls } = aggregator.size();
      return {
        pendingCalls: calls + (unwrittenBatch?.calls ?? 0),
        pendingRows: rows + (unwrittenBatch?.rows ?? 0),
        failedWrites,
        writtenBatches: lastWrittenNumber,
        mergedCalls: previouslyMergedCalls + mergedCalls,
      };
    },
  };
  recorders.add(recorder);
  return recorder;
}
