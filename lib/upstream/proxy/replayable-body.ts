import { Readable } from "node:stream";

/** The body went past its limit while it was read. */
export class BodyTooLargeError extends Error {
  readonly code = "ERR_BODY_TOO_LARGE";

  constructor(maxBytes: number) {
    super(`The request body is larger than ${maxBytes} bytes`);
    this.name = "BodyTooLargeError";
  }
}

export type ReplayableBody = {
  /** The whole body from its first byte. Destroy one reading before asking for the next. */
  readonly read: () => Readable;
  /** Can it still be read from the first byte? */
  readonly canReplay: () => boolean;
  /** Why the body could not be read to its end; null while it can. */
  readonly error: () => Error | null;
};

/**
 * A body that streams through and can be read again as long as no more than `keepBytes` of it have been read. Past
 * that it is forgotten as it goes.
 */
export function createReplayableBody(
  source: AsyncIterable<Uint8Array>,
  { keepBytes, maxBytes }: { readonly keepBytes: number; readonly maxBytes: number },
): ReplayableBody {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let forgotten = 0;
  let bytes = 0;
  let ended = false;
  let failure: Error | null = null;
  let pulling: Promise<void> | null = null;

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

  // A reading that was given up may have asked for a chunk; the next one waits for the same.
  function pullOnce(): Promise<void> {
    pulling ??= pull()
      .catch((error: unknown) => {
        failure = error instanceof Error ? error : new Error("The request body cannot be read");
        throw failure;
      })
      .finally(() => {
        pulling = null;
      });
    return pulling;
  }

  async function* fromFirst(): AsyncGenerator<Uint8Array> {
    for (let at = 0; ; ) {
      const chunk = chunks[at - forgotten];
      if (chunk !== undefined) {
        at += 1;
        if (bytes > keepBytes) forgotten += chunks.splice(0, at - forgotten).length;
        yield chunk;
      } else if (ended) return;
      else await pullOnce();
    }
  }

  return {
    read: () => Readable.from(fromFirst(), { objectMode: false }),
    canReplay: () => forgotten === 0 && failure === null,
    error: () => failure,
  };
}
