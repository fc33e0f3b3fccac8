import type { z } from "zod";

/*
 * The subset of OpenAPI 3.1 that the document uses (https://spec.openapis.org/oas/v3.1.1). Its schemas are
 * JSON Schema 2020-12, which zod generates.
 */

export type Schema = z.core.JSONSchema.BaseSchema;

export type Parameter = {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: Schema;
  readonly description?: string;
  readonly style?: "deepObject";
  readonly explode?: true;
};

export type Content = Readonly<Record<string, { readonly schema: Schema }>>;

export type ResponseEntry = {
  readonly description: string;
  readonly content?: Content;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>>;
};

export type RequestBody = { readonly required: boolean; readonly content: Content };

export type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly deprecated?: true;
  /**
   * Maps a security scheme to the required scopes. Since 3.1 the list may be used for `http` schemes too
   * ("Security Requirement Object").
   */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly responses: Readonly<Record<string, ResponseEntry>>;
};

export const httpMethods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

export type HttpMethod = (typeof httpMethods)[number];

export type PathItem = Readonly<Partial<Record<HttpMethod, Operation>>>;

export type OpenApiDocument = {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly securitySchemes: Readonly<
      Record<string, { readonly type: "http"; readonly scheme: "bearer"; readonly description: string }>
    >;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
};
