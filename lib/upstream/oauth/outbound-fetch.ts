import { Readable } from "node:stream";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { sendRequest } from "@/lib/infrastructure/net/send-request";

const timeoutMs = 15_000;
const maxResponseBytes = 1024 * 1024;

type FormRequest = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: URLSearchParams;
};

/**
 * A `fetch` for token endpoints: to addresses that `outbound` allows, without redirects (a form with a secret in it
 * follows nobody), 15 seconds and 1 MB at most. Throws what went wrong.
 */
export function createOutboundFetch(outbound: OutboundPolicy) {
  return async (url: string, { method, headers, body }: FormRequest): Promise<Response> => {
    const text = body.toString();
    const sent = await sendRequest(outbound, {
      method,
      url: new URL(url),
      headers: {
        ...headers,
        "accept-encoding": "identity",
        "content-length": String(Buffer.byteLength(text)),
      },
      body: Readable.from([text]),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!sent.ok) throw sent.error;
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of sent.value) {
      bytes += chunk.length;
      if (bytes > maxResponseBytes) throw new RangeError("The answer of a token endpoint is too long");
      chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks), { status: sent.value.statusCode ?? 502 });
  };
}
