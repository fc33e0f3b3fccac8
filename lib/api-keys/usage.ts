import type { KeyUse } from "./usage-store";

export type UsageRecorder = {
  /** Remembers that a key was used; costs no more than a map entry. */
  readonly note: (use: KeyUse) => void;
  /** Writes what is remembered, waiting for a write under way. Rejects when the last write failed. */
  readonly flush: () => Promise<void>;
  /** Writes that failed since the start. Their uses stay remembered and are written with the next. */
  readonly failures: () => number;
};

export type UsageOptions = {
  readonly write: (uses: readonly KeyUse[]) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
  readonly intervalMs: number;
};

const recorders = new Set<UsageRecorder>();

/** Writes every recorder's uses: for the moment before the process ends. */
export async function flushUsage(): Promise<void> {
  await Promise.all([...recorders].map((recorder) => recorder.flush()));
}

/** Remembers at most one use per key, the latest, and writes all of them in one batch every `intervalMs`. */
export function usageRecorder({ write, onFailure, intervalMs }: UsageOptions): UsageRecorder {
  let waiting = new Map<number, KeyUse>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let failed = 0;

  function note(use: KeyUse): void {
    const known = waiting.get(use.keyId);
    if (known === undefined || known.at <= use.at) waiting.set(use.keyId, use);
    timer ??= setTimeout(() => {
      flush().catch(onFailure);
    }, intervalMs).unref();
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.catch(() => {}).then(writeWaiting);
    return writing;
  }

  async function writeWaiting(): Promise<void> {
    const batch = waiting;
    if (batch.size === 0) return;
    waiting = new Map();
    try {
      await write([...batch.values()]);
    } catch (error) {
      failed += 1;
      for (const use of batch.values()) note(use);
      throw error;
    }
  }

  const recorder: UsageRecorder = { note, flush, failures: () => failed };
  recorders.add(recorder);
  return recorder;
}
