import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { createHttpFunctionRunner } from "@/lib/functions/runner/http-runner";
import { testActions } from "@/lib/testing/actions";

const { setRunner, trigger } = await testActions();

describe("a broken function runner", () => {
  const triggerWithResponse = async (status: number, text: string) => {
    const server = createServer((_, response) => response.writeHead(status).end(text));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    setRunner(createHttpFunctionRunner({ url: `http://127.0.0.1:${port}`, timeoutMs: 5000 }));
    const response = await trigger("greet", {});
    await new Promise((resolve) => server.close(resolve));
    return response;
  };

  it.each([
    [500, '{"output":1}'],
    [200, "not JSON"],
    [200, "{}"],
    [200, '{"output":1,"error":{"type":"script","payload":1}}'],
    [200, '{"error":{"type":"other","payload":1}}'],
    [302, ""],
  ])("gives a 503 when it answers %i %s", async (status, text) => {
    expect(await triggerWithResponse(status, text)).toMatchObject({
      status: 503,
      body: { error: { code: "service_unavailable", message: "The function runner does not answer" } },
    });
  });

  it("gives a 503 when nothing listens", async () => {
    setRunner(createHttpFunctionRunner({ url: "http://127.0.0.1:1", timeoutMs: 5000 }));
    expect(await trigger("greet", {})).toMatchObject({ status: 503 });
  });

  it("returns the output of a valid answer", async () => {
    expect(await triggerWithResponse(200, '{"output":{"a":1}}')).toMatchObject({
      status: 200,
      body: { a: 1 },
    });
  });
});
