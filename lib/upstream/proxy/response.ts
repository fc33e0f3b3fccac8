import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createUnzip } from "node:zlib";
import { createHopByHopTest } from "./hop-by-hop";

export type ResponseOptions = {
  readonly method: string;
  readonly decompress: boolean;
  /**
   * Destroys the caller's connection: the only way to signal that a body which has begun is incomplete. Null
   * when there is no connection to destroy.
   */
  readonly destroyConnection: (() => void) | null;
};

/** Statuses that never have a body (Fetch standard, "null body status"). */
const nullBodyStatuses: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Headers that are valid only for the host that sent them, and so must not be forwarded from another host.
 */
const hostSpecificHeaders: ReadonlySet<string> = new Set([
  "alt-svc",
  "clear-site-data",
  "strict-transport-security",
]);

/**
 * Converts the provider's response to the response for the caller; the body is streamed. A 2xx response that
 * is neither chunked nor encoded nor a download keeps only Content-Type and Content-Length, any other
 * response keeps all headers but hop-by-hop and host-specific ones (docs/environment-api.md, section 2, 19).
 */
export function toResponse(
  upstream: IncomingMessage,
  { method, decompress, destroyConnection }: ResponseOptions,
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
  const source = decoder === null ? upstream : pipeline(upstream, decoder, () => {});
  return new Response(toStream(source, destroyConnection), { status, headers: responseHeaders });
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
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? "").toLowerCase();
    if (!isHopByHop(name) && !hostSpecificHeaders.has(name)) headers.append(name, rawHeaders[at + 1] ?? "");
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
 * Converts to a web stream with backpressure. Cancelling it destroys the connection to the provider; an error
 * of the source destroys the caller's connection.
 */
function toStream(source: Readable, destroyConnection: (() => void) | null): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        if (destroyConnection === null) controller.error(error);
        else destroyConnection();
      }
    },
    cancel() {
      source.destroy();
    },
  });
}
