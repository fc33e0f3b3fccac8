import { createApiKey, deleteApiKey } from "@/lib/access/api-keys/lifecycle";
import { maskKey } from "@/lib/access/api-keys/mask";
import { type ApiKeySummary, displayNameSchema, newKeySchema } from "@/lib/access/api-keys/model";
import { listApiKeys } from "@/lib/access/api-keys/store";
import type { Environment } from "@/lib/access/environments/model";
import { findEnvironment, listEnvironments } from "@/lib/access/environments/store";
import { fullAccess } from "@/lib/access/scopes/catalogue";
import { nameGrants, profiles } from "@/lib/access/scopes/profiles";
import type { Installation } from "@/lib/server/installation/open";
import { readOptions } from "./arguments";
import type { Command } from "./command";
import { calledWrongly, commandLineActor, done, type Outcome, refused } from "./outcome";
import { table } from "./table";

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
  const read = readOptions(words, {
    env: text,
    name: text,
    profile: text,
    scope: { type: "string", multiple: true },
    "full-access": flag,
  });
  if (!read.ok) return calledWrongly(read.error, usage);
  const { env, name, profile, scope, "full-access": all } = read.value;
  if (env === undefined || name === undefined) return calledWrongly("create needs --env and --name.", usage);
  const kinds = [profile, scope, all].filter((value) => value !== undefined);
  if (kinds.length !== 1) {
    return calledWrongly("create needs one of --profile, --scope and --full-access.", usage);
  }
  const known = profiles.find(({ slug }) => slug === profile);
  if (profile !== undefined && known === undefined)
    return calledWrongly(`There is no profile ${profile}.`, usage);
  const key = newKeySchema.safeParse({ displayName: name, grants: known?.grants ?? scope ?? [fullAccess] });
  if (!key.success) return calledWrongly(`${key.error.issues[0]?.message}.`, usage);
  return inEnvironment(env, async ({ db, settings }, environment) => {
    const created = await createApiKey(db, settings.masterKey, environment, commandLineActor(), key.data);
    return created.ok ? done(`${created.value.secret}\n`) : refused(created.error.message);
  });
}

function readList(words: readonly string[]): Command | Outcome {
  const read = readOptions(words, { env: text, json: flag });
  if (!read.ok) return calledWrongly(read.error, usage);
  const { env, json } = read.value;
  if (env === undefined) return calledWrongly("list needs --env.", usage);
  return inEnvironment(env, async ({ db }, environment) => {
    const keys = await listApiKeys(db, environment.id);
    if (json) return done(`${JSON.stringify(keys, null, 2)}\n`);
    return done(table([["NAME", "KEY", "PERMISSIONS", "CREATED", "LAST USED"], ...keys.map(toRow)]));
  });
}

function readDelete(words: readonly string[]): Command | Outcome {
  const read = readOptions(words, { env: text, name: text });
  if (!read.ok) return calledWrongly(read.error, usage);
  const { env, name } = read.value;
  if (env === undefined || name === undefined) return calledWrongly("delete needs --env and --name.", usage);
  const wanted = displayNameSchema.safeParse(name);
  if (!wanted.success) return calledWrongly(`${wanted.error.issues[0]?.message}.`, usage);
  return inEnvironment(env, async ({ db }, environment) => {
    const keys = await listApiKeys(db, environment.id);
    const key = keys.find(({ displayName }) => displayName === wanted.data);
    if (key === undefined)
      return refused(`There is no key named ${JSON.stringify(name)} in ${environment.name}.`);
    const deleted = await deleteApiKey(db, environment, commandLineActor(), key.id);
    return deleted.ok ? done("") : refused(deleted.error.message);
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
    return refused(`There is no environment ${JSON.stringify(name)}; there are: ${known}.`);
  };
}

function toRow(key: ApiKeySummary): string[] {
  return [
    key.displayName,
    maskKey(key.prefix, key.lastFour),
    nameGrants(key.grants),
    key.createdAt,
    key.lastUsedAt ?? "never",
  ];
}
