import { describe, expect, it } from "vitest";
import { fullAccess } from "@/lib/access/scopes/catalog";
import { snippetsFor, variableName } from "./snippets";

const texts = (environment: string, ...grants: Parameters<typeof snippetsFor>[2]) =>
  Object.fromEntries(
    snippetsFor(environment, "http://localhost:3000", grants).map(({ name, text }) => [name, text("KEY")]),
  );

describe("snippetsFor", () => {
  it("returns snippets that are ready to paste", () => {
    expect(texts("dev", fullAccess)).toEqual({
      curl: 'curl http://localhost:3000/connections \\\n  -H "Authorization: Bearer KEY"',
      "Node client":
        "import { Nango } from '@nangohq/node';\n\nconst nango = new Nango({\n  host: 'http://localhost:3000',\n  secretKey: 'KEY',\n});",
      ".env": "NANGO_SECRET_KEY_DEV=KEY",
      CLI: "NANGO_HOSTPORT=http://localhost:3000 \\\nNANGO_SECRET_KEY_DEV=KEY \\\nnpx nango deploy dev",
    });
  });

  it("uses a path that the key can read in the curl snippet", () => {
    expect(texts("dev", "environment:integrations:list").curl).toContain("/integrations ");
    expect(texts("dev", "environment:deploy").curl).toContain("/providers ");
  });

  it("uses only variable names that a shell accepts", () => {
    expect(variableName("eu-prod")).toBe("NANGO_SECRET_KEY_EU-PROD");
    expect(texts("eu-prod", fullAccess).CLI).toContain("\nNANGO_SECRET_KEY=KEY ");
  });
});
