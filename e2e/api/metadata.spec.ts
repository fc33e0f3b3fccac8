import { expect, test } from "@/e2e/fixtures/api-test";

test("metadata is replaced and merged for one connection or many, and echoed", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration: provider_config_key, connection } = await addResources();
  const other = {
    provider_config_key,
    connection_id: "other",
    credentials: { type: "OAUTH2", access_token: "x" },
  };
  await call({ method: "POST", path: "/connections", key, body: other });
  const metadataOf = async (id: string) =>
    (await call({ path: `/connections/${id}?provider_config_key=${provider_config_key}`, key })).body;

  const both = {
    connection_id: [connection, "other", "other"],
    provider_config_key,
    metadata: { a: { x: 1 }, b: 2 },
  };
  const replaced = await call({ method: "POST", path: "/connections/metadata", key, body: both });
  expect([replaced.status, replaced.body]).toEqual([201, both]);
  for (const id of [connection, "other"]) {
    expect(await metadataOf(id)).toMatchObject({ metadata: { a: { x: 1 }, b: 2 } });
  }

  const one = { connection_id: "other", provider_config_key, metadata: { a: { y: null }, c: [] } };
  const merged = await call({ method: "PATCH", path: "/connections/metadata", key, body: one });
  expect([merged.status, merged.body]).toEqual([200, one]);
  expect(await metadataOf("other")).toMatchObject({ metadata: { a: { y: null }, b: 2, c: [] } });
  expect(JSON.stringify(await metadataOf("other"))).not.toContain('"x":1');
  expect(await metadataOf(connection)).toMatchObject({ metadata: { a: { x: 1 }, b: 2 } });
});

test("one unknown connection among many, and nothing is changed", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration: provider_config_key, connection } = await addResources();
  for (const method of ["POST", "PATCH"]) {
    for (const body of [
      { connection_id: [connection, "unknown"], provider_config_key, metadata: { a: 1 } },
      { connection_id: connection, provider_config_key: "unknown", metadata: { a: 1 } },
    ]) {
      const answer = await call({ method, path: "/connections/metadata", key, body });
      expect([answer.status, answer.body]).toMatchObject([404, { error: { code: "unknown_connection" } }]);
    }
  }
  const read = await call({
    path: `/connections/${connection}?provider_config_key=${provider_config_key}`,
    key,
  });
  expect(read.body).toMatchObject({ metadata: null });
});

test("the deprecated address takes the integration from a header or the query", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration, connection } = await addResources();
  const path = `/connection/${connection}/metadata`;
  const header = { "provider-config-key": integration, "content-type": "application/json" };
  const replaced = await call({ method: "POST", path, key, body: { a: 1 }, headers: header });
  expect([replaced.status, replaced.body]).toEqual([201, { a: 1 }]);
  const query = `${path}?provider_config_key=${integration}`;
  const merged = await call({ method: "PATCH", path: query, key, body: { b: 2 } });
  expect([merged.status, merged.body]).toEqual([200, { b: 2 }]);
  const read = await call({ path: `/connections/${connection}?provider_config_key=${integration}`, key });
  expect(read.body).toMatchObject({ metadata: { a: 1, b: 2 } });

  const empty = { "provider-config-key": "", "content-type": "application/json" };
  const unnamed = await call({ method: "POST", path, key, body: {}, headers: empty });
  expect([unnamed.status, unnamed.body]).toMatchObject([
    400,
    { error: { code: "missing_provider_config_key" } },
  ]);
  const odd = await call({
    method: "POST",
    path,
    key,
    body: {},
    headers: { ...empty, "provider-config-key": "a/b" },
  });
  expect([odd.status, odd.body]).toMatchObject([400, { error: { code: "invalid_headers" } }]);
});

test("lists of metadata that overlap, written at the same moment, all succeed", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration: provider_config_key } = await addResources();
  const ids = Array.from({ length: 12 }, (_, at) => `m-${at}`);
  for (const connection_id of ids) {
    const credentials = { type: "OAUTH2", access_token: "x" };
    await call({
      method: "POST",
      path: "/connections",
      key,
      body: { provider_config_key, connection_id, credentials },
    });
  }
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, at) =>
      call({
        method: "PATCH",
        path: "/connections/metadata",
        key,
        body: {
          connection_id: at % 2 === 0 ? ids : ids.toReversed(),
          provider_config_key,
          metadata: { [`k${at}`]: at },
        },
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 200));
});
