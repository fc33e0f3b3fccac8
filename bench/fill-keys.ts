import type postgres from "postgres";

/** The name of the environment whose pages are requested. */
export const pageEnvironment = "size-page";
export const keysOnPage = 50;

const triggers = ["api_keys_tell", "api_keys_tell_change", "api_keys_tell_truncate"];

/**
 * Inserts `keys` rows of API keys. They have no real secrets: the hash of key number n is the SHA-256 of "key
 * n". The first 50 are in `pageEnvironment`, the others in another environment.
 */
export async function fillKeys(sql: postgres.Sql, keys: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into environments (name) values (${pageEnvironment}), ('size-rest')`;
    // Triggers are off, because a million notifications and foreign key checks would only take time.
    await tx`alter table api_keys disable trigger all`;
    // The indexes are built after the insert: that takes a fifth of the time.
    const [byHash] = await tx<{ definition: string }[]>`
      select pg_get_constraintdef(oid) as definition from pg_constraint where conname = 'api_keys_hash_unique'`;
    const [byName] = await tx<{ definition: string }[]>`
      select indexdef as definition from pg_indexes where indexname = 'api_keys_name_unique'`;
    if (byHash === undefined || byName === undefined)
      throw new Error("An index of api_keys was not found by its name");
    await tx`alter table api_keys drop constraint api_keys_hash_unique`;
    await tx`drop index api_keys_name_unique`;
    await tx`
      insert into api_keys (environment_id, display_name, hash, sealed, prefix, last_four, scopes, created_by)
      select e.id, 'Key ' || n, sha256(convert_to('key ' || n, 'UTF8')), decode(repeat('00', 85), 'hex'),
        'lk_test_', 'abcd', '{environment:connections:list,environment:config:read}', 'bench'
      from generate_series(1, ${keys}::int) n
      join environments e on e.name = case when n <= ${keysOnPage}::int then ${pageEnvironment} else 'size-rest' end`;
    await tx.unsafe(`alter table api_keys add constraint api_keys_hash_unique ${byHash.definition}`);
    await tx.unsafe(byName.definition);
    await tx`alter table api_keys enable trigger all`;
    for (const trigger of triggers) await tx`alter table api_keys enable always trigger ${tx(trigger)}`;
  });
  await sql`vacuum analyze api_keys`;
}
