import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type Tool,
} from "@modelcontextprotocol/sdk/types.js";
import { toInputSchema } from "@/lib/functions/definitions/input-schema";
import type { DeployedFunction } from "@/lib/functions/definitions/model";
import type { Result } from "@/lib/infrastructure/result";

export type McpTools = {
  /** Actions of the integration, including disabled ones. */
  readonly actions: readonly DeployedFunction[];
  /** Runs an action. The error is returned to the MCP client as the result of the tool. */
  readonly runAction: (action: DeployedFunction, input: unknown) => Promise<Result<unknown, unknown>>;
};

/**
 * Creates an MCP server for one request. Its tools are the enabled actions that take an object or no input
 * (docs/environment-api.md, "21. mcp").
 */
export function createMcpServer({ actions, runAction }: McpTools): Server {
  const toolsByName = new Map(
    actions.flatMap((action) => {
      const tool = toTool(action);
      return tool === null ? [] : [[action.name, { action, tool }] as const];
    }),
  );
  const server = new Server({ name: "Nango MCP server", version: "1.0.0" }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: [...toolsByName.values()].map(({ tool }) => tool),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }): Promise<CallToolResult> => {
    const entry = toolsByName.get(params.name);
    if (entry === undefined) {
      throw new McpError(ErrorCode.InvalidParams, `Unknown tool: ${params.name}`);
    }
    const result = await runAction(entry.action, params.arguments);
    return result.ok
      ? { content: [toTextContent(result.value)] }
      : { content: [toTextContent(result.error)], isError: true };
  });
  return server;
}

/** Returns null for an action that is no tool. */
function toTool({ name, enabled, definition }: DeployedFunction): Tool | null {
  const inputSchema = enabled ? toInputSchema(definition) : null;
  if (inputSchema === null) return null;
  const { description } = definition;
  return { name, inputSchema, ...(description !== null && { description }) };
}

function toTextContent(value: unknown) {
  return { type: "text" as const, text: JSON.stringify(value ?? null) };
}
