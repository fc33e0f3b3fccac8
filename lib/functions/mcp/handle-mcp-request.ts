import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { createMcpServer, type McpTools } from "./server";

/**
 * Handles one POST of MCP's Streamable HTTP transport. Stateless: creates a server and a transport for each
 * request. `body` is the parsed request body.
 */
export async function handleMcpRequest(request: Request, body: unknown, tools: McpTools): Promise<Response> {
  const server = createMcpServer(tools);
  const transport = new WebStandardStreamableHTTPServerTransport({});
  await server.connect(transport);
  return transport.handleRequest(request, { parsedBody: body });
}
