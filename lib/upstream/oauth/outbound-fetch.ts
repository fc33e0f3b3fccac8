import { Readable } from "node:stream";
import type { OutboundPolicy } from "@/lib/infrastructure/net/outbound-policy";
import { sendRequest } from "@/lib/infrastructure/net/send-request";

/** Shorter than the refresh lease, which must not expire during a token request. */
const timeoutMs = 15_000;
const maxResponseBytes = 1024 * 1024;

type FormRequest = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: URLSearchParams;
};

/**
 * Creates a `fetch` for token endpoints. It connects only to addresses that `outbound` allows. It does not
 * follow redirects, because the form contains a secret. Throws the network error, a timeout error after 15
 * seconds, or RangeError when the response is larger than 1 MB.
 */
export function createOutboundFetch(outbound: OutboundPolicy) {
  return async (url: string, { method, headers, body }: FormRequest): Promise<Response> => {
    const text = body.toString();
    const response = await sendRequest(outbound, {
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
    if (!response.ok) throw response.error;
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response.value) {
      bytes += chunk.length;
      if (bytes > maxResponseBytes) throw new RangeError("The response of the token endpoint is too large");
      chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks), { status: response.value.statusCode ?? 502 });
  };
}
