import { jsonRoute } from "@/lib/environment-api/pipeline/route";
import { variableRoutes } from "@/lib/environment-api/routes/environment-variables/environment-variables";
import { ok } from "@/lib/infrastructure/result";

/**
 * Ten variables, about 600 bytes of JSON: the response of GET /environment-variables in a small environment.
 */
export const sample = Array.from({ length: 10 }, (_, index) => ({
  name: `SERVICE_${index}_ADDRESS`,
  value: `https://service-${index}.example.com`,
}));

/** The declared route GET /environment-variables with a handler that needs no SQL. */
export const sampleRoutes = variableRoutes.map((declared) =>
  jsonRoute({ ...declared, handler: async () => ok(sample) }),
);

export const samplePath = "/environment-variables";
