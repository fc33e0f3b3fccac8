import { z } from "zod";
import { errorBody } from "@/lib/environment-api/pipeline/errors";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { noFunctionRunner } from "@/lib/environment-api/routes/actions/action-errors";
import { unknownConnection } from "@/lib/environment-api/routes/connections/connection-errors";
import { connectionHeaders } from "@/lib/environment-api/routes/connections/connection-headers";
import { toActionRunError } from "@/lib/functions/action-runs/action-run-error";
import { runAction } from "@/lib/functions/action-runs/run-action";
import { listActions } from "@/lib/functions/definitions/store";
import { handleMcpRequest } from "@/lib/functions/mcp/handle-mcp-request";
import { boundedArray, boundedRecord } from "@/lib/infrastructure/bounded-schema";
import { fail, ok } from "@/lib/infrastructure/result";
import { findConnectionByConnectionId } from "@/lib/upstream/connections/store";

const scope = "environment:mcp";

/** One JSON-RPC 2.0 message or a batch of them. The MCP library validates their content. */
const message = boundedRecord(z.string().max(255), z.unknown(), 100);
const messages = z.union([message, boundedArray(message, 100, 1)]);

const callsTool = (body: z.infer<typeof messages>): boolean =>
  [body].flat().some(({ method }) => method === "tools/call");

const postMessages = jsonRoute({
  ...noInput,
  method: "POST",
  path: "/mcp",
  scope,
  summary: "Handle MCP messages. The integration's actions are the tools",
  headers: connectionHeaders,
  body: messages,
  response: { status: 200, schema: z.string(), mediaType: "text/event-stream" },
  otherResponse: { status: 202, schema: z.null() },
  handler: async ({ db, environmentId, getFunctionRunner, rawRequest, headers, body }) => {
    const uniqueKey = headers["provider-config-key"];
    const connection = await findConnectionByConnectionId(
      db,
      environmentId,
      uniqueKey,
      headers["connection-id"],
    );
    if (connection === null) return fail(unknownConnection(400));
    const runner = getFunctionRunner();
    if (runner === null && callsTool(body)) return fail(noFunctionRunner);
    const response = await handleMcpRequest(rawRequest, body, {
      actions: await listActions(db, environmentId, uniqueKey),
      runAction: async (action, input) => {
        if (runner === null) return fail(errorBody(noFunctionRunner));
        const result = await runAction(db, runner, environmentId, { connection, action, input });
        return result.ok ? result : fail(errorBody(toActionRunError(result.error)));
      },
    });
    return ok(response);
  },
});

const methodNotAllowed = z.strictObject({
  jsonrpc: z.literal("2.0"),
  error: z.strictObject({ code: z.literal(-32000), message: z.string() }),
  id: z.null(),
});

/**
 * Always responds with 405: this server keeps no sessions and offers no event stream (MCP, "Streamable
 * HTTP").
 */
const rejectEventStream = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/mcp",
  scope,
  summary: "Answer 405: the server offers no event stream",
  response: { status: 405, schema: methodNotAllowed },
  handler: async () =>
    ok({ jsonrpc: "2.0", error: { code: -32000, message: "Method not allowed." }, id: null } as const),
});

export const mcpRoutes = [postMessages, rejectEventStream];
