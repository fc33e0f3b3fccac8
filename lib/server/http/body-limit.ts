import type { IncomingMessage } from "node:http";
import { type Destination, firstSegment } from "./destination";

/** Bytes of a sign-in or set-up form: an e-mail address, a password, a token. */
const maxSignInBytes = 16 * 1024;

/** Bytes of any other request to the dashboard, as Next limits server actions. */
const maxDashboardBytes = 1024 * 1024;

/**
 * Bytes that are read and discarded after a 413, and milliseconds. A client that still sends then gets the
 * response: a connection that is closed with unread bytes is reset, and the response can be lost.
 */
const maxDiscardedBytes = 64 * 1024 * 1024;
const discardTimeoutMs = 10_000;

/** Everything below `/api` is next-auth's. */
const signInSegments: ReadonlySet<string> = new Set(["api", "setup", "signin", "signout"]);

/**
 * Returns the largest body in bytes that a destination accepts. Null for the API, whose routes declare their own
 * limits (`readJsonBody`, `passthroughRoute`), and for destinations that read no body.
 */
export function maxBodyBytes(destination: Destination, url: string): number | null {
  if (destination !== "dashboard") return null;
  return signInSegments.has(firstSegment(url)) ? maxSignInBytes : maxDashboardBytes;
}

/** True when the request declares a body of more than `maxBytes`. */
export function declaresLargerBody({ headers }: IncomingMessage, maxBytes: number): boolean {
  return Number(headers["content-length"] ?? 0) > maxBytes;
}

/**
 * Limits a body while it arrives, for one without a declared length. The request's reader gets at most
 * `maxBytes`; then `onTooLarge` is called once, and the reader gets neither more nor an end. Call it before
 * anything reads the request, in the turn in which its headers arrived.
 */
export function limitBody(request: IncomingMessage, maxBytes: number, onTooLarge: () => void): void {
  const push = request.push.bind(request);
  let bytes = 0;
  // Node's parser hands each part of a body to `push`. A listener for "data" instead would start the stream
  // before its reader is ready.
  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    const wasTooLarge = bytes > maxBytes;
    if (chunk instanceof Uint8Array) bytes += chunk.byteLength;
    if (bytes <= maxBytes) return push(chunk, encoding);
    if (!wasTooLarge) onTooLarge();
    return true;
  };
}

/**
 * Discards what is left of a request's body, then calls `onEnd`: at its end, or after 64 MB or 10 seconds, when
 * the connection is closed.
 */
export function discardBody(request: IncomingMessage, onEnd: () => void): void {
  let bytes = 0;
  const timer = setTimeout(() => request.destroy(), discardTimeoutMs);
  request.once("close", () => clearTimeout(timer));
  request.push = (chunk: unknown) => {
    if (chunk instanceof Uint8Array) bytes += chunk.byteLength;
    if (bytes > maxDiscardedBytes) request.destroy();
    if (chunk === null) {
      clearTimeout(timer);
      onEnd();
    }
    return true;
  };
}
