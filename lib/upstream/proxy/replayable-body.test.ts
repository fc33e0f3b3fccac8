import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { BodyTooLargeError, createReplayableBody } from "./replayable-body";

async function* from(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

const roomy = { keepBytes: 100, maxBytes: 1000 };

describe("replayableBody", () => {
  it("reads the whole body as often as it is asked to", async () => {
    const body = createReplayableBody(from("one ", "two ", "three"), roomy);
    for (let time = 0; time < 3; time += 1) {
      expect(body.canReplay()).toBe(true);
      expect(await text(body.read())).toBe("one two three");
    }
  });

  it("loses nothing to a reading that was given up while it waited for a chunk", async () => {
    let give: (chunk: Uint8Array) => void = () => {};
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("one ");
      yield await new Promise<Uint8Array>((resolve) => {
        give = resolve;
      });
      yield Buffer.from("three");
    }
    const body = createReplayableBody(slow(), roomy);
    const given = body.read();
    for await (const chunk of given) {
      expect(String(chunk)).toBe("one ");
      break;
    }
    const whole = text(body.read());
    await new Promise(setImmediate);
    give(Buffer.from("two "));
    expect(await whole).toBe("one two three");
  });

  it("forgets a body that is too long to keep, and still reads it once", async () => {
    const long = "x".repeat(60);
    const body = createReplayableBody(from(long, long, long), roomy);
    expect(await text(body.read())).toBe(long.repeat(3));
    expect(body.canReplay()).toBe(false);
  });

  it("fails past its limit, and says why", async () => {
    const body = createReplayableBody(from("x".repeat(900), "x".repeat(101)), roomy);
    await expect(text(body.read())).rejects.toThrow(BodyTooLargeError);
    expect(body.error()).toBeInstanceOf(BodyTooLargeError);
    expect(body.canReplay()).toBe(false);
  });
});
