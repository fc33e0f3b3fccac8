import { z } from "zod";
import { jsonRoute, noInput } from "@/lib/environment-api/pipeline/route";
import { listFunctions } from "@/lib/functions/definitions/store";
import { boundedObject } from "@/lib/infrastructure/bounded-schema";
import { ok } from "@/lib/infrastructure/result";
import {
  openAiToolsDtoSchema,
  scriptsConfigDtoSchema,
  toOpenAiToolsDto,
  toScriptsConfigDto,
} from "./scripts-config-dto";

const read = jsonRoute({
  ...noInput,
  method: "GET",
  path: "/scripts/config",
  scope: "environment:config:read",
  summary: "List deployed functions, in Nango's format or as tools for a language model",
  query: boundedObject(z.looseObject({ format: z.enum(["nango", "openai"]).default("nango") }), 100),
  response: { status: 200, schema: z.union([scriptsConfigDtoSchema, openAiToolsDtoSchema]) },
  handler: async ({ db, environmentId, query }) => {
    const functions = await listFunctions(db, environmentId);
    return ok(query.format === "openai" ? toOpenAiToolsDto(functions) : toScriptsConfigDto(functions));
  },
});

export const scriptsConfigRoutes = [read];
