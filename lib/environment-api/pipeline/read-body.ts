import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { type ApiError, bodyTooLarge } from "./errors";

const jsonType = /^application\/json\s*(;|$)/i;

const wrongType = fail({
  status: 415,
  code: "invalid_content_type",
  message: "Send JSON with Content-Type: application/json",
} as const);

const notJson = fail({
  status: 400,
  code: "invalid_json",
  message: "The request body is not valid JSON",
} as const);

/**
 * How many bytes of an oversized body without a declared length are read and discarded. If the body were left
 * unread, the server would close the connection half a second later, which would break the next request that
 * the client sends on it.
 */
const maxDiscardedBytes = 64 * 1024 * 1024;

/**
 * Reads a JSON body of at most `maxBytes`. Checks the content type, then the size, then the JSON. A missing
 * content type means JSON, and an empty body means `{}`, because clients send `DELETE` with a content type
 * and no body (docs/environment-api.md, section 5, traps 8 and 9).
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<Result<unknown, ApiError>> {
  const type = request.headers.get("content-type");
  if (type !== null && type !== "" && !jsonType.test(type)) return wrongType;
  const text = await readText(request, maxBytes);
  if (!text.ok) return text;
  if (text.value === "") return ok({});
  try {
    return ok(JSON.parse(text.value));
  } catch (error) {
    if (error instanceof SyntaxError) return notJson;
    throw error;
  }
}

async function readText(request: Request, maxBytes: number): Promise<Result<string, ApiError>> {
  const tooLarge = fail(bodyTooLarge(maxBytes));
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return tooLarge;
  if (request.body === null) return ok("");
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes <= maxBytes) chunks.push(chunk);
    else if (bytes > maxBytes + maxDiscardedBytes) return tooLarge;
  }
  if (bytes > maxBytes) return tooLarge;
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
  } catch (error) {
    if (error instanceof TypeError) return notJson;
    throw error;
  }
}
