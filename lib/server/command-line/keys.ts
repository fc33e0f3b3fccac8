import { createApiKey, deleteApiKey } from "@/lib/access/api-keys/lifecycle";
import { maskKey } from "@/lib/access/api-keys/mask";
import { type ApiKeySummary, displayNameSchema, newKeySchema } from "@/lib/access/api-keys/model";
import { listApiKeys } from "@/lib/access/api-keys/store";
import type { Environment } from "@/lib/access/environments/model";
import { findEnvironment, listEnvironments } from "@/lib/access/environments/store";
import { fullAccess } from "@/lib/access/scopes/catalog";
import { formatGrantsLabel, profiles } from "@/lib/access/scopes/profiles";
import type { Installation } from "@/lib/server/installation/open-installation";
import type { Command } from "./command";
import { formatTable } from "./format-table";
import { commandLineActor, done, failed, type Outcome, usageError } from "./outcome";
import { parseOptions } from "./parse-options";

const usage = `Usage:
  npm run -s keys -- create --env ENVIRONMENT --name NAME GRANT
  npm run -s keys -- list   --env ENVIRONMENT [--json]
  npm run -s keys -- delete --env ENVIRONMENT --name NAME

GRANT is one of:
  --profile PROFILE     ${profiles.map(({ slug }) => slug).join(", ")}
  --scope SCOPE         repeat it for each scope
  --full-access         all scopes

create prints only the secret to standard output.
`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

export const keysCommands = {
  usage,
  commands: { create: parseCreate, list: parseList, delete: parseDelete },
};

function parseCreate(args: readonly string[]): Command | Outcome {
  const options = parseOptions(args, {
    env: text,
    name: text,
    profile: text,
    scope: { type: "string", multiple: true },
    "full-access": flag,
  });
  if (!options.ok) return usageError(options.error, usage);
  const { env, name, profile, scope, "full-access": isFullAccess } = options.value;
  if (env === undefined || name === undefined) return usageError("create requires --env and --name.", usage);
  const grantOptions = [profile, scope, isFullAccess].filter((value) => value !== undefined);
  if (grantOptions.length !== 1) {
    return usageError("create requires exactly one of --profile, --scope and --full-access.", usage);
  }
  const chosenProfile = profiles.find(({ slug }) => slug === profile);
  if (profile !== undefined && chosenProfile === undefined)
    return usageError(`Unknown profile ${JSON.stringify(profile)}.`, usage);
  const key = newKeySchema.safeParse({
    displayName: name,
    grants: chosenProfile?.grants ?? scope ?? [fullAccess],
  });
  if (!key.success) return usageError(`${key.error.issues[0]?.message}.`, usage);
  return inEnvironment(env, async ({ db, settings }, environment) => {
    const created = await createApiKey(db, settings.masterKey, environment, commandLineActor(), key.data);
    return created.ok ? done(`${created.value.secret}\n`) : failed(created.error.message);
  });
}

function parseList(args: readonly string[]): Command | Outcome {
  const options = parseOptions(args, { env: text, json: flag });
  if (!options.ok) return usageError(options.error, usage);
  const { env, json } = options.value;
  if (env === undefined) return usageError("list requires --env.", usage);
  return inEnvironment(env, async ({ db }, environment) => {
    const keys = await listApiKeys(db, environment.id);
    if (json) return done(`${JSON.stringify(keys, null, 2)}\n`);
    return done(formatTable([["NAME", "KEY", "PERMISSIONS", "CREATED", "LAST USED"], ...keys.map(toRow)]));
  });
}

function parseDelete(args: readonly string[]): Command | Outcome {
  const options = parseOptions(args, { env: text, name: text });
  if (!options.ok) return usageError(options.error, usage);
  const { env, name } = options.value;
  if (env === undefined || name === undefined) return usageError("delete requires --env and --name.", usage);
  const displayName = displayNameSchema.safeParse(name);
  if (!displayName.success) return usageError(`${displayName.error.issues[0]?.message}.`, usage);
  return inEnvironment(env, async ({ db }, environment) => {
    const keys = await listApiKeys(db, environment.id);
    const key = keys.find((each) => each.displayName === displayName.data);
    if (key === undefined)
      return failed(`No key named ${JSON.stringify(name)} in the environment ${environment.name}.`);
    const deleted = await deleteApiKey(db, environment, commandLineActor(), key.id);
    return deleted.ok ? done("") : failed(deleted.error.message);
  });
}

function inEnvironment(
  name: string,
  run: (installation: Installation, environment: Environment) => Promise<Outcome>,
): Command {
  return async (installation) => {
    const environment = await findEnvironment(installation.db, name);
    if (environment !== null) return run(installation, environment);
    const names = (await listEnvironments(installation.db)).map((each) => each.name).join(", ");
    return failed(`No environment named ${JSON.stringify(name)}. Environments: ${names}.`);
  };
}

function toRow(key: ApiKeySummary): string[] {
  return [
    key.displayName,
    maskKey(key.prefix, key.lastFour),
    formatGrantsLabel(key.grants),
    key.createdAt,
    key.lastUsedAt ?? "never",
  ];
}
