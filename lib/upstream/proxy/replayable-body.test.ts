import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { BodyTooLargeError, createReplayableBody } from "./replayable-body";

async function* from(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of texts) yield Buffer.from(chunk);
}

const limits = { keepBytes: 100, maxBytes: 1000 };

describe("createReplayableBody", () => {
  it("reads the whole body repeatedly", async () => {
    const body = createReplayableBody(from("one ", "two ", "three"), limits);
    for (let time = 0; time < 3; time += 1) {
      expect(body.canReplay()).toBe(true);
      expect(await text(body.read())).toBe("one two three");
    }
  });

  it("loses no chunk when a read is destroyed while it waits for the source", async () => {
    let provideChunk: (chunk: Uint8Array) => void = () => {};
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("one ");
      yield await new Promise<Uint8Array>((resolve) => {
        provideChunk = resolve;
      });
      yield Buffer.from("three");
    }
    const body = createReplayableBody(slow(), limits);
    const firstRead = body.read();
    for await (const chunk of firstRead) {
      expect(String(chunk)).toBe("one ");
      break;
    }
    const secondRead = text(body.read());
    await new Promise(setImmediate);
    provideChunk(Buffer.from("two "));
    expect(await secondRead).toBe("one two three");
  });

  it("discards a body that is too large to keep, and still reads it once", async () => {
    const long = "x".repeat(60);
    const body = createReplayableBody(from(long, long, long), limits);
    expect(await text(body.read())).toBe(long.repeat(3));
    expect(body.canReplay()).toBe(false);
  });

  it("fails with BodyTooLargeError beyond its limit", async () => {
    const body = createReplayableBody(from("x".repeat(900), "x".repeat(101)), limits);
    await expect(text(body.read())).rejects.toThrow(BodyTooLargeError);
    expect(body.error()).toBeInstanceOf(BodyTooLargeError);
    expect(body.canReplay()).toBe(false);
  });
});
