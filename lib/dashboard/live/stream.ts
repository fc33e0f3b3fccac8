export type LiveStream = {
  readonly body: ReadableStream<Uint8Array>;
  /** Nothing once it has ended. A reader too slow to keep up is cut off, and starts again with the whole list. */
  readonly send: (bytes: Uint8Array) => void;
  readonly end: () => void;
};

/**
 * A stream to one reader. What it has not read yet is kept up to `bufferBytes`; one piece more than that may be waiting.
 * `onGone` is called once, when the stream ended here or the reader left.
 */
export function openStream(bufferBytes: number, onGone: () => void): LiveStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;

  function detach(how: (open: ReadableStreamDefaultController<Uint8Array>) => void): void {
    if (controller === null) return;
    const open = controller;
    controller = null;
    how(open);
    onGone();
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start: (started) => {
        controller = started;
      },
      cancel: () => detach(() => {}),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: bufferBytes }),
  );

  return {
    body,
    send: (bytes) => {
      if (controller === null) return;
      if ((controller.desiredSize ?? 0) > 0) return controller.enqueue(bytes);
      // An error drops what is queued, where a close would wait for it to be read.
      detach((open) => open.error(new DOMException("The reader is too slow", "AbortError")));
    },
    end: () => detach((open) => open.close()),
  };
}
