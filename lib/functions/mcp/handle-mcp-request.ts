import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { createMcpServer, type McpTools } from "./server";

/**
 * Answers one POST of the Streamable HTTP transport, without a session: the server and its transport live for this
 * request. `body` is the request's body, taken apart.
 */
export async function handleMcpRequest(request: Request, body: unknown, tools: McpTools): Promise<Response> {
  const server = createMcpServer(tools);
  const transport = new WebStandardStreamableHTTPServerTransport({});
  await server.connect(transport);
  return transport.handleRequest(request, { parsedBody: body });
}
