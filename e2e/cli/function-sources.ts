const greet = `import { createAction } from "nango";
import * as z from "zod";

const action = createAction({
  description: "Greet a person",
  version: "1.0.0",
  endpoint: { method: "POST", path: "/greetings" },
  input: z.object({ name: z.string() }),
  output: z.object({ greeting: z.string() }),
  exec: async (_nango, input) => ({ greeting: "Hello " + input.name }),
});

export default action;
`;

const token = `import { createAction } from "nango";
import * as z from "zod";

const action = createAction({
  description: "Return the token",
  version: "1.0.0",
  endpoint: { method: "GET", path: "/token" },
  input: z.void(),
  output: z.object({ token: z.unknown() }),
  exec: async (nango) => ({ token: await nango.getToken() }),
});

export default action;
`;

/**
 * Asks a server for the profile that the connection's token opens, as \`nango.get\` does, through the proxy.
 */
const profile = `import { createAction } from "nango";
import * as z from "zod";

const action = createAction({
  description: "Read the profile",
  version: "1.0.0",
  endpoint: { method: "GET", path: "/profile" },
  input: z.object({ origin: z.string() }),
  output: z.object({ login: z.string() }),
  exec: async (nango, { origin }) => {
    const answer = await nango.get<{ login: string }>({ endpoint: "/user", baseUrlOverride: origin });
    return { login: answer.data.login };
  },
});

export default action;
`;

const issues = `import { createSync } from "nango";
import * as z from "zod";

const sync = createSync({
  description: "Keep issues",
  version: "1.0.0",
  endpoints: [{ method: "GET", path: "/issues" }],
  frequency: "every hour",
  autoStart: true,
  syncType: "full",
  models: { Issue: z.object({ id: z.string() }) },
  exec: async (nango) => {
    await nango.batchSave([{ id: "1" }], "Issue");
  },
});

export default sync;
`;

const cleanUp = `import { createOnEvent } from "nango";

export default createOnEvent({
  event: "pre-connection-deletion",
  description: "Clean up",
  exec: async (nango) => {
    await nango.log("cleaned up");
  },
});
`;

/** The functions of the project that the command line compiles, runs and deploys: sources by path. */
export const functionSources: Readonly<Record<string, string>> = {
  "github/actions/greet.ts": greet,
  "github/actions/token.ts": token,
  "github/actions/profile.ts": profile,
  "github/syncs/issues.ts": issues,
  "github/on-events/clean-up.ts": cleanUp,
};
