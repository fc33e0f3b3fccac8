import { z } from "zod";
import { fail, ok, type Result } from "@/lib/infrastructure/result";
import { findUnstorableValue } from "@/lib/infrastructure/storable-json";
import { postSyncRunRequest } from "./http-sync-run-request";
import type { ActionRunRequest, FunctionRunError, FunctionRunner } from "./runner";

/** Largest response, in bytes. */
const maxResponseBytes = 75 * 1024 * 1024;

const responseSchema = z.union([
  z.strictObject({ output: z.unknown() }).required(),
  z.strictObject({
    error: z.discriminatedUnion("type", [
      z.strictObject({
        type: z.literal("http"),
        payload: z.unknown(),
        upstream: z
          .strictObject({
            status_code: z.int(),
            headers: z.record(z.string(), z.string()).optional(),
            body: z.unknown().optional(),
          })
          .optional(),
      }),
      z.strictObject({ type: z.literal("script"), payload: z.unknown() }),
    ]),
  }),
]);

/**
 * Creates a runner that runs code on an HTTP server at `url`. It sends one POST per action run, with the JSON
 * body `{type, environment_id, function, code, input, connection}`. The server responds with 200 and
 * `{output}` or, when the script failed, with 200 and `{error: {type: "http" | "script", payload,
 * upstream?}}`. Any other response counts as "unreachable".
 */
export function createHttpFunctionRunner(options: {
  readonly url: string;
  readonly timeoutMs: number;
}): FunctionRunner {
  return {
    timeoutMs: options.timeoutMs,
    runAction: (run) => postActionRun(options.url, options.timeoutMs, toRequestBody(run)),
    requestSyncRuns: (request) => postSyncRunRequest(options.url, options.timeoutMs, request),
  };
}

function toRequestBody({ environmentId, connection, action, code, input }: ActionRunRequest): string {
  return JSON.stringify({
    type: "action",
    environment_id: environmentId,
    function: {
      name: action.name,
      version: action.version,
      provider_config_key: action.providerConfigKey,
      definition: action.definition,
      sdk_version: action.sdkVersion,
    },
    code: code.js,
    input,
    connection: {
      connection_id: connection.connectionId,
      provider_config_key: connection.providerConfigKey,
      provider: connection.provider,
      metadata: connection.metadata,
      connection_config: connection.connectionConfig,
    },
  });
}

async function postActionRun(
  url: string,
  timeoutMs: number,
  body: string,
): Promise<Result<unknown, FunctionRunError>> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return fail({ kind: "unreachable" });
    }
    return parseResponse(await readText(response));
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError") return fail({ kind: "timeout" });
    // `fetch` throws TypeError for a network error (Fetch standard, "network error").
    if (error instanceof TypeError) return fail({ kind: "unreachable" });
    throw error;
  }
}

/** Reads the body as text; null when it is larger than `maxResponseBytes`. */
async function readText(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxResponseBytes) return null;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function parseResponse(text: string | null): Result<unknown, FunctionRunError> {
  const response = responseSchema.safeParse(text === null ? null : parseJson(text));
  if (!response.success) return fail({ kind: "unreachable" });
  const unstorable = findUnstorableValue(response.data);
  if (unstorable !== null) {
    const message = `The output cannot be stored: ${unstorable.message.toLowerCase()}`;
    return fail({ kind: "script", payload: { message, path: unstorable.path } });
  }
  if ("output" in response.data) return ok(response.data.output);
  const { type: kind, ...rest } = response.data.error;
  return fail({ kind, ...rest } as const);
}

/** Parses JSON; null for invalid JSON, which no schema here accepts. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
