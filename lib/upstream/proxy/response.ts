import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createUnzip } from "node:zlib";
import { createHopByHopTest } from "./hop-by-hop";

export type ResponseOptions = {
  readonly method: string;
  readonly decompress: boolean;
  /**
   * Destroys the caller's TCP connection. Once the body has begun, this is the only way to signal that it is
   * incomplete. Null when there is no connection to destroy.
   */
  readonly destroySocket: (() => void) | null;
};

/** Statuses that never have a body (Fetch standard, "null body status"). */
const nullBodyStatuses: ReadonlySet<number> = new Set([204, 205, 304]);

/** Headers that are about the host that sent them. Forwarded, they would apply to this server's host. */
const hostSpecificHeaders: ReadonlySet<string> = new Set([
  "alt-svc",
  "clear-site-data",
  "strict-transport-security",
]);

/**
 * Converts the provider's response to the response for the caller. The body is streamed. A 2xx response keeps
 * only Content-Type and Content-Length, unless it is chunked, encoded, or has a Content-Disposition of
 * `attachment` or `inline`. Every other response keeps all headers except hop-by-hop and host-specific ones
 * (docs/environment-api.md, "19. proxy").
 */
export function toResponse(
  upstream: IncomingMessage,
  { method, decompress, destroySocket }: ResponseOptions,
): Response {
  const status = upstream.statusCode ?? 0;
  const hasBody = method !== "HEAD" && !nullBodyStatuses.has(status);
  const decoder = decompress && hasBody ? decoderFor(upstream.headers["content-encoding"]) : null;
  const headers = endToEndHeaders(upstream);
  if (decoder !== null) {
    headers.delete("content-encoding");
    headers.delete("content-length");
  }
  const responseHeaders = keepsAllHeaders(upstream, status) ? headers : contentHeaders(headers);
  if (!hasBody) {
    upstream.resume();
    return new Response(null, { status, headers: responseHeaders });
  }
  // The HTTP server would otherwise add the type text/plain.
  if (!responseHeaders.has("content-type")) responseHeaders.set("content-type", "application/octet-stream");
  // The callback does nothing, because `toStream` handles the errors of the decoder.
  const source = decoder === null ? upstream : pipeline(upstream, decoder, () => {});
  return new Response(toStream(source, destroySocket), { status, headers: responseHeaders });
}

function decoderFor(encoding: string | undefined): (NodeJS.ReadWriteStream & Readable) | null {
  switch (encoding?.trim().toLowerCase()) {
    case "gzip":
    case "x-gzip":
    case "deflate":
      return createUnzip();
    case "br":
      return createBrotliDecompress();
    default:
      return null;
  }
}

function endToEndHeaders({ rawHeaders, headers: { connection } }: IncomingMessage): Headers {
  const headers = new Headers();
  const isHopByHop = createHopByHopTest(connection);
  // `rawHeaders` alternates names and values.
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    if (!isHopByHop(name) && !hostSpecificHeaders.has(name))
      headers.append(name, rawHeaders[index + 1] ?? "");
  }
  return headers;
}

function contentHeaders(all: Headers): Headers {
  const headers = new Headers();
  for (const name of ["content-type", "content-length"]) {
    const value = all.get(name);
    if (value !== null) headers.set(name, value);
  }
  return headers;
}

function keepsAllHeaders({ headers }: IncomingMessage, status: number): boolean {
  if (status < 200 || status > 299) return true;
  if (headers["transfer-encoding"] !== undefined || headers["content-encoding"] !== undefined) return true;
  return /^\s*(attachment|inline)/i.test(headers["content-disposition"] ?? "");
}

/**
 * Converts a Node stream to a web stream with backpressure. Cancelling it destroys the source and with it the
 * connection to the provider. An error of the source destroys the caller's connection.
 */
function toStream(source: Readable, destroySocket: (() => void) | null): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        if (destroySocket === null) controller.error(error);
        else destroySocket();
      }
    },
    cancel() {
      source.destroy();
    },
  });
}
