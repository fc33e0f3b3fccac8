import { z } from "zod";
import { expect, test } from "@/e2e/fixtures/api-test";

const listed = z.object({ connections: z.array(z.object({ connection_id: z.string() })) });

test.beforeEach(async ({ call, fullAccessKey: key, db, environment }) => {
  for (const unique_key of ["one", "two"]) {
    await call({ method: "POST", path: "/integrations", key, body: { provider: "twilio", unique_key } });
  }
  const people = [
    { connection_id: "a", provider_config_key: "one", end_user: { id: "u1", email: "ann@acme.test" } },
    { connection_id: "b_1", provider_config_key: "one", end_user: { id: "u2", display_name: "Bob 100%" } },
    { connection_id: "bx1", provider_config_key: "two", tags: { team: "blue", plan: "gold" } },
    { connection_id: "d", provider_config_key: "two", tags: { team: "blue" } },
  ];
  for (const person of people) {
    const body = { ...person, credentials: { type: "BASIC", username: "u", password: "p" } };
    expect((await call({ method: "POST", path: "/connections", key, body })).status).toBe(201);
  }
  // Organizations come with connect sessions; this one is written as they will write it.
  await db.execute(
    `update connections set end_user = end_user || '{"organization":{"id":"acme","display_name":null}}'
     where environment_id = ${environment.id} and connection_id = 'a'`,
  );
});

const searches: [query: string, ids: string[]][] = [
  ["", ["d", "bx1", "b_1", "a"]],
  ["connectionId=a", ["a"]],
  ["connectionId=A", []],
  ["search=B", ["bx1", "b_1"]],
  ["search=_", ["b_1"]],
  ["search=%25", ["b_1"]],
  ["search=%5C", []],
  ["search=ANN%40ac", ["a"]],
  ["endUserId=u1", ["a"]],
  ["endUserOrganizationId=acme", ["a"]],
  ["integrationId=two", ["d", "bx1"]],
  ["integrationId=one,two", ["d", "bx1", "b_1", "a"]],
  ["integrationId=unknown", []],
  ["tags[team]=blue", ["d", "bx1"]],
  ["tags[TEAM]=blue&tags%5Bplan%5D=gold", ["bx1"]],
  ["tags[end_user_id]=u2", ["b_1"]],
  ["tags[team]=Blue", []],
  ["integrationId=two&tags[team]=blue&search=x", ["bx1"]],
  ["limit=2", ["d", "bx1"]],
  ["limit=2&page=1", ["b_1", "a"]],
  ["limit=3&page=1", ["a"]],
  ["limit=2000&page=1000000000", []],
  ["page=0", ["d", "bx1", "b_1", "a"]],
];

test("filters, pages and tags find what they say, newest first", async ({ call, fullAccessKey: key }) => {
  for (const [query, ids] of searches) {
    const answer = await call({ path: `/connections?${query}`, key });
    expect(answer.status, query).toBe(200);
    expect([query, listed.parse(answer.body).connections.map((row) => row.connection_id)]).toEqual([
      query,
      ids,
    ]);
  }
});

const wrong = [
  "limit=0",
  "limit=2001",
  "limit=-1",
  "limit=1.5",
  "limit=1e2",
  "limit=",
  "limit=1&limit=2",
  "page=-1",
  "page=99999999999999999999",
  "search=",
  `search=${"x".repeat(256)}`,
  "search=a%00b",
  "search[a]=b",
  "integrationId=one,,two",
  "integrationId=",
  "tags=blue",
  "tags[team]=",
  "tags[]=blue",
  "tags[team]=a&tags[team]=b",
  "tags[a][b]=c",
  "tags[a%00]=b",
  "cursor=x",
  "connectionID=a",
];

test("a query that is not in the contract is invalid", async ({ call, fullAccessKey: key }) => {
  for (const query of wrong) {
    const answer = await call({ path: `/connections?${query}`, key });
    expect([query, answer.status]).toEqual([query, 400]);
    expect(answer.body).toMatchObject({
      error: {
        code: "invalid_query_params",
        errors: expect.arrayContaining([
          expect.objectContaining({ code: expect.any(String), path: expect.any(Array) }),
        ]),
      },
    });
  }
});

test("a listed connection has the contract's fields", async ({ call, secretWith }) => {
  const key = await secretWith("environment:connections:list");
  const answer = await call({ path: "/connections?connectionId=a", key });
  expect(answer.body).toEqual({
    connections: [
      {
        id: expect.any(Number),
        connection_id: "a",
        provider_config_key: "one",
        provider: "twilio",
        errors: [],
        end_user: {
          id: "u1",
          display_name: null,
          email: "ann@acme.test",
          tags: null,
          organization: { id: "acme", display_name: null },
        },
        tags: { end_user_id: "u1", end_user_email: "ann@acme.test" },
        metadata: null,
        created: expect.stringMatching(/Z$/),
      },
    ],
  });
});
