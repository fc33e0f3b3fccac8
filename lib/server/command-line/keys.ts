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
  --full-access         everything

create prints the secret, and nothing else, on standard output.
`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

export const keysCommands = {
  usage,
  commands: { create: readCreate, list: readList, delete: readDelete },
};

function readCreate(words: readonly string[]): Command | Outcome {
  const read = parseOptions(words, {
    env: text,
    name: text,
    profile: text,
    scope: { type: "string", multiple: true },
    "full-access": flag,
  });
  if (!read.ok) return usageError(read.error, usage);
  const { env, name, profile, scope, "full-access": all } = read.value;
  if (env === undefined || name === undefined) return usageError("create needs --env and --name.", usage);
  const kinds = [profile, scope, all].filter((value) => value !== undefined);
  if (kinds.length !== 1) {
    return usageError("create needs one of --profile, --scope and --full-access.", usage);
  }
  const known = profiles.find(({ slug }) => slug === profile);
  if (profile !== undefined && known === undefined)
    return usageError(`There is no profile ${profile}.`, usage);
  const key = newKeySchema.safeParse({ displayName: name, grants: known?.grants ?? scope ?? [fullAccess] });
  if (!key.success) return usageError(`${key.error.issues[0]?.message}.`, usage);
  return inEnvironment(env, async ({ db, settings }, environment) => {
    const created = await createApiKey(db, settings.masterKey, environment, commandLineActor(), key.data);
    return created.ok ? done(`${created.value.secret}\n`) : failed(created.error.message);
  });
}

function readList(words: readonly string[]): Command | Outcome {
  const read = parseOptions(words, { env: text, json: flag });
  if (!read.ok) return usageError(read.error, usage);
  const { env, json } = read.value;
  if (env === undefined) return usageError("list needs --env.", usage);
  return inEnvironment(env, async ({ db }, environment) => {
    const keys = await listApiKeys(db, environment.id);
    if (json) return done(`${JSON.stringify(keys, null, 2)}\n`);
    return done(formatTable([["NAME", "KEY", "PERMISSIONS", "CREATED", "LAST USED"], ...keys.map(toRow)]));
  });
}

function readDelete(words: readonly string[]): Command | Outcome {
  const read = parseOptions(words, { env: text, name: text });
  if (!read.ok) return usageError(read.error, usage);
  const { env, name } = read.value;
  if (env === undefined || name === undefined) return usageError("delete needs --env and --name.", usage);
  const wanted = displayNameSchema.safeParse(name);
  if (!wanted.success) return usageError(`${wanted.error.issues[0]?.message}.`, usage);
  return inEnvironment(env, async ({ db }, environment) => {
    const keys = await listApiKeys(db, environment.id);
    const key = keys.find(({ displayName }) => displayName === wanted.data);
    if (key === undefined)
      return failed(`There is no key named ${JSON.stringify(name)} in ${environment.name}.`);
    const deleted = await deleteApiKey(db, environment, commandLineActor(), key.id);
    return deleted.ok ? done("") : failed(deleted.error.message);
  });
}

function inEnvironment(
  name: string,
  work: (installation: Installation, environment: Environment) => Promise<Outcome>,
): Command {
  return async (installation) => {
    const environment = await findEnvironment(installation.db, name);
    if (environment !== null) return work(installation, environment);
    const known = (await listEnvironments(installation.db)).map((each) => each.name).join(", ");
    return failed(`There is no environment ${JSON.stringify(name)}; there are: ${known}.`);
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
