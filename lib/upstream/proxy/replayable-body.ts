import { Readable } from "node:stream";

/** Thrown while reading a body that is larger than its limit. */
export class BodyTooLargeError extends Error {
  readonly code = "ERR_BODY_TOO_LARGE";

  constructor(maxBytes: number) {
    super(`The request body is larger than ${maxBytes} bytes`);
    this.name = "BodyTooLargeError";
  }
}

export type ReplayableBody = {
  /**
   * Returns a stream of the body from its first byte. Call it only while `canReplay()` is true, and destroy
   * the previous stream first.
   */
  readonly read: () => Readable;
  /** False once chunks have been discarded or reading the source has failed. */
  readonly canReplay: () => boolean;
  /** The error that reading the source failed with; null while there is none. */
  readonly error: () => Error | null;
};

/**
 * Wraps a streaming body so that it can be read more than once. Keeps the chunks until more than `keepBytes`
 * bytes have been received. From then on, chunks are discarded when a stream returns them, and the body
 * cannot be read again. Reading fails with `BodyTooLargeError` when more than `maxBytes` bytes are received.
 */
export function createReplayableBody(
  source: AsyncIterable<Uint8Array>,
  { keepBytes, maxBytes }: { readonly keepBytes: number; readonly maxBytes: number },
): ReplayableBody {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let discardedChunks = 0;
  let receivedBytes = 0;
  let hasSourceEnded = false;
  let sourceError: Error | null = null;
  let pendingPull: Promise<void> | null = null;

  async function pull(): Promise<void> {
    const { done, value } = await iterator.next();
    if (done === true) {
      hasSourceEnded = true;
      return;
    }
    receivedBytes += value.byteLength;
    if (receivedBytes > maxBytes) throw new BodyTooLargeError(maxBytes);
    chunks.push(value);
  }

  // A destroyed stream may have left a pull pending. The next stream then waits for the same chunk.
  function pullOrAwaitPending(): Promise<void> {
    pendingPull ??= pull()
      .catch((error: unknown) => {
        sourceError = error instanceof Error ? error : new Error("The request body cannot be read");
        throw sourceError;
      })
      .finally(() => {
        pendingPull = null;
      });
    return pendingPull;
  }

  async function* readFromStart(): AsyncGenerator<Uint8Array> {
    for (let nextChunk = 0; ; ) {
      const chunk = chunks[nextChunk - discardedChunks];
      if (chunk !== undefined) {
        nextChunk += 1;
        // Discards every chunk up to and including this one.
        if (receivedBytes > keepBytes)
          discardedChunks += chunks.splice(0, nextChunk - discardedChunks).length;
        yield chunk;
      } else if (hasSourceEnded) return;
      else await pullOrAwaitPending();
    }
  }

  return {
    read: () => Readable.from(readFromStart(), { objectMode: false }),
    canReplay: () => discardedChunks === 0 && sourceError === null,
    error: () => sourceError,
  };
}
