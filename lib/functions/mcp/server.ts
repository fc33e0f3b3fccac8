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
  /** The actions of the integration, disabled ones too. */
  readonly actions: readonly DeployedFunction[];
  /** Runs one; the failure is told to the model. */
  readonly runAction: (action: DeployedFunction, input: unknown) => Promise<Result<unknown, unknown>>;
};

/** An MCP server whose tools are the enabled actions that take an object (contract, section 2, 21). For one request. */
export function createMcpServer({ actions, runAction }: McpTools): Server {
  const byName = new Map(
    actions.flatMap((action) => {
      const tool = toTool(action);
      return tool === null ? [] : [[action.name, { action, tool }] as const];
    }),
  );
  const server = new Server({ name: "Nango MCP server", version: "1.0.0" }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: [...byName.values()].map(({ tool }) => tool),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }): Promise<CallToolResult> => {
    const known = byName.get(params.name);
    if (known === undefined) {
      throw new McpError(ErrorCode.InvalidParams, `There is no tool "${params.name}"`);
    }
    const result = await runAction(known.action, params.arguments);
    return result.ok
      ? { content: [toTextContent(result.value)] }
      : { content: [toTextContent(result.error)], isError: true };
  });
  return server;
}

function toTool({ name, enabled, definition }: DeployedFunction): Tool | null {
  const inputSchema = enabled ? toInputSchema(definition) : null;
  if (inputSchema === null) return null;
  const { description } = definition;
  return { name, inputSchema, ...(description !== null && { description }) };
}

function toTextContent(value: unknown) {
  return { type: "text" as const, text: JSON.stringify(value ?? null) };
}
