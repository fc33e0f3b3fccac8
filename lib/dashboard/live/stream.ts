export type LiveStream = {
  readonly body: ReadableStream<Uint8Array>;
  /**
   * Sends the bytes. If the page reads too slowly, ends the stream instead; the page reconnects. Does nothing
   * once the stream has ended.
   */
  readonly send: (bytes: Uint8Array) => void;
  readonly end: () => void;
};

/**
 * Opens a stream to one page. Buffers up to `bufferBytes` of unread data, plus one chunk. Calls `onClose`
 * once, when the stream has ended or the page has disconnected.
 */
export function openStream(bufferBytes: number, onClose: () => void): LiveStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;

  function endOnce(end: (controller: ReadableStreamDefaultController<Uint8Array>) => void): void {
    if (controller === null) return;
    const ending = controller;
    controller = null;
    end(ending);
    onClose();
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start: (started) => {
        controller = started;
      },
      // The page has disconnected: the stream has already ended.
      cancel: () => endOnce(() => {}),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: bufferBytes }),
  );

  return {
    body,
    send: (bytes) => {
      if (controller === null) return;
      if ((controller.desiredSize ?? 0) > 0) return controller.enqueue(bytes);
      // An error discards the buffered data. A close would wait until the page has read it.
      endOnce((ending) => ending.error(new DOMException("The page reads too slowly", "AbortError")));
    },
    end: () => endOnce((ending) => ending.close()),
  };
}
