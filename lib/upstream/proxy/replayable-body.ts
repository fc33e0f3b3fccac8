import { Readable } from "node:stream";

/** Error of a body that exceeds its limit while it is read. */
export class BodyTooLargeError extends Error {
  readonly code = "ERR_BODY_TOO_LARGE";

  constructor(maxBytes: number) {
    super(`The request body is larger than ${maxBytes} bytes`);
    this.name = "BodyTooLargeError";
  }
}

export type ReplayableBody = {
  /** Reads the body from its first byte. Destroy the previous stream before the next call. */
  readonly read: () => Readable;
  /** True while the body can be read from the first byte. */
  readonly canReplay: () => boolean;
  /** The error that ended the body; null while there is none. */
  readonly error: () => Error | null;
};

/**
 * Wraps a streaming body so that it can be read again while at most `keepBytes` bytes of it have been read.
 * Beyond that, chunks are discarded once read. Reading fails with `BodyTooLargeError` beyond `maxBytes`.
 */
export function createReplayableBody(
  source: AsyncIterable<Uint8Array>,
  { keepBytes, maxBytes }: { readonly keepBytes: number; readonly maxBytes: number },
): ReplayableBody {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let discardedChunks = 0;
  let bytes = 0;
  let ended = false;
  let failure: Error | null = null;
  let pendingPull: Promise<void> | null = null;

  async function pull(): Promise<void> {
    const { done, value } = await iterator.next();
    if (done === true) {
      ended = true;
      return;
    }
    bytes += value.byteLength;
    if (bytes > maxBytes) throw new BodyTooLargeError(maxBytes);
    chunks.push(value);
  }

  // A destroyed stream may have left a pull pending; the next stream waits for the same chunk.
  function pullOnce(): Promise<void> {
    pendingPull ??= pull()
      .catch((error: unknown) => {
        failure = error instanceof Error ? error : new Error("The request body cannot be read");
        throw failure;
      })
      .finally(() => {
        pendingPull = null;
      });
    return pendingPull;
  }

  async function* readFromStart(): AsyncGenerator<Uint8Array> {
    for (let at = 0; ; ) {
      const chunk = chunks[at - discardedChunks];
      if (chunk !== undefined) {
        at += 1;
        if (bytes > keepBytes) discardedChunks += chunks.splice(0, at - discardedChunks).length;
        yield chunk;
      } else if (ended) return;
      else await pullOnce();
    }
  }

  return {
    read: () => Readable.from(readFromStart(), { objectMode: false }),
    canReplay: () => discardedChunks === 0 && failure === null,
    error: () => failure,
  };
}
