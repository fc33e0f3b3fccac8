import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { declaredRoutes } from "@/lib/environment-api/catalog/declared-routes";
import { anyMethod, anyValidKey, connectSessionOnly } from "@/lib/environment-api/pipeline/route";
import { openApiDocument } from "./document";
import { httpMethods } from "./model";

const document = openApiDocument();
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  httpMethods.flatMap((method) => {
    const operation = item[method];
    return operation === undefined ? [] : [{ path, method, ...operation }];
  }),
);

describe("the OpenAPI document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    const outcome = await validator.validate(JSON.parse(JSON.stringify(document)));
    expect(outcome).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  it("would fail validation without a required field", async () => {
    const { info: _, ...withoutInfo } = document;
    const outcome = await new Validator().validate(JSON.parse(JSON.stringify(withoutInfo)));
    expect(outcome.valid).toBe(false);
  });

  it("has every declared route with its scope, and nothing else", () => {
    const bySession = { connectSession: [] };
    const expected = declaredRoutes.flatMap(({ method, path, scope, acceptsConnectSessions, aliasOf }) =>
      (method === anyMethod ? httpMethods : [method.toLowerCase()]).map((name) => ({
        name: `${name} ${path}`,
        security: [
          ...(scope === connectSessionOnly ? [] : [{ apiKey: scope === anyValidKey ? [] : [scope] }]),
          ...(scope === connectSessionOnly || acceptsConnectSessions ? [bySession] : []),
        ],
        deprecated: aliasOf !== null,
      })),
    );
    const found = operations.map(({ method, path, security, deprecated = false }) => ({
      name: `${method} ${path}`,
      security,
      deprecated,
    }));
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    expect(found.sort(byName)).toEqual(expected.sort(byName));
  });

  it("gives each operation a unique id, and each path parameter a schema", () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { path, parameters } of operations) {
      const named = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => `{${name}}`);
      expect(named).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
  });

  it("describes requests and responses", () => {
    expect(document.paths["/connections"]?.post).toMatchObject({
      operationId: "postConnections",
      tags: ["Connections"],
      security: [{ apiKey: ["environment:connections:write"] }],
      requestBody: {
        required: true,
        content: { "application/json": { schema: { required: ["provider_config_key", "credentials"] } } },
      },
      responses: {
        201: { content: { "application/json": { schema: { type: "object" } } } },
        403: { content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } },
      },
    });
    expect(document.paths["/action/trigger"]?.post?.responses).toMatchObject({
      202: { content: { "application/json": { schema: { required: ["id", "statusUrl"] } } } },
    });
    expect(document.paths["/mcp"]?.post?.responses).toMatchObject({
      200: { content: { "text/event-stream": { schema: { type: "string" } } } },
    });
    expect(document.paths["/proxy/{path}"]?.patch?.parameters).toContainEqual({
      name: "Retries",
      in: "header",
      required: false,
      schema: { type: "string", pattern: "^\\d{1,3}$", maxLength: 3, description: expect.any(String) },
    });
  });
});
