import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { unboundedParts } from "@/lib/testing/unbounded-parts";

// An action does not show its schema. Here each is its own declaration.
vi.mock("@/lib/dashboard/auth/server-action", () => {
  const declaration = (action: unknown) => action;
  return { installationAction: declaration, environmentAction: declaration };
});
vi.mock("./connect-action", () => ({ connectAction: (action: unknown) => action }));

const files = readdirSync(import.meta.dirname).filter(
  (name) => /^[a-z-]+\.ts$/.test(name) && !name.startsWith("connect-"),
);
const declarationSchema = z.object({ inputSchema: z.instanceof(z.ZodType) });

test("every text, list and record that a server action accepts has a bound", async () => {
  const unbounded: string[] = [];
  const names: string[] = [];
  for (const file of files) {
    const actions: Record<string, unknown> = await import(
      /* @vite-ignore */ path.join(import.meta.dirname, file)
    );
    for (const [name, action] of Object.entries(actions)) {
      names.push(name);
      const { inputSchema } = declarationSchema.parse(action);
      unbounded.push(...unboundedParts(inputSchema).map((where) => `${name}${where}`));
    }
  }
  expect(names).toContain("connectAccountAction");
  expect(names).toContain("createApiKeyAction");
  expect(unbounded).toEqual([]);
});
