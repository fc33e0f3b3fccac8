import { expect, test } from "@/e2e/fixtures/api-test";

const of = (integration: string) => `provider_config_key=${integration}`;

test("end user and tags are changed; tags that are given replace the others", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration, connection } = await addResources();
  const path = `/connections/${connection}?${of(integration)}`;
  const after = async (body: object) => {
    expect((await call({ method: "PATCH", path, key, body })).body).toEqual({ success: true });
    return (await call({ path, key })).body;
  };
  expect(await after({ tags: { Team: "a", x: "1" } })).toMatchObject({
    end_user: null,
    tags: { team: "a", x: "1" },
  });
  expect(await after({ end_user: { id: "u", display_name: "Uma" } })).toMatchObject({
    end_user: { id: "u", display_name: "Uma" },
    tags: { team: "a", x: "1", end_user_id: "u", end_user_display_name: "Uma" },
  });
  const replaced = await after({ tags: { y: "2" } });
  expect(replaced).toMatchObject({ tags: { y: "2", end_user_id: "u", end_user_display_name: "Uma" } });
  expect(replaced).not.toMatchObject({ tags: { team: "a" } });

  for (const [query, status, code] of [
    [of("unknown"), 400, "unknown_provider_config"],
    ["", 400, "invalid_query_params"],
  ] as const) {
    const answer = await call({
      method: "PATCH",
      path: `/connections/${connection}?${query}`,
      key,
      body: {},
    });
    expect([answer.status, answer.body]).toMatchObject([status, { error: { code } }]);
  }
  const missing = await call({
    method: "PATCH",
    path: `/connections/unknown?${of(integration)}`,
    key,
    body: {},
  });
  expect([missing.status, missing.body]).toMatchObject([404, { error: { code: "not_found" } }]);
});

test("ten imports of one id at the same moment make one connection", async ({
  call,
  fullAccessKey: key,
  addResources,
}) => {
  const { integration } = await addResources();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, at) =>
      call({
        method: "POST",
        path: "/connections",
        key,
        body: {
          provider_config_key: integration,
          connection_id: "contested",
          credentials: { type: "OAUTH2", access_token: `token ${at}` },
        },
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
  const list = await call({ path: "/connections?connectionId=contested", key });
  expect(list.body).toMatchObject({
    connections: [{ credentials: { access_token: expect.stringMatching(/^token \d$/) } }],
  });
});
