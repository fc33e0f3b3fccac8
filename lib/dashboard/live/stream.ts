export type LiveStream = {
  readonly body: ReadableStream<Uint8Array>;
  /**
   * Does nothing once the stream has ended. Ends the stream of a page that reads too slowly; the page
   * reconnects.
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

  function detach(finish: (open: ReadableStreamDefaultController<Uint8Array>) => void): void {
    if (controller === null) return;
    const open = controller;
    controller = null;
    finish(open);
    onClose();
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
      // An error drops the queued data; a close would wait until it is read.
      detach((open) => open.error(new DOMException("The page reads too slowly", "AbortError")));
    },
    end: () => detach((open) => open.close()),
  };
}
