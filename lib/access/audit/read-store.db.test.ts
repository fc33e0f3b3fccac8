import { beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { type AuditFilter, auditFilterSchema } from "./filter";
import { listAuditEvents } from "./read-store";
import { recordAuditEvent } from "./store";

const actor = {
  kind: "member",
  name: "admin@latchkey.test",
  address: "10.0.0.1",
  userAgent: "test",
} as const;
const dev = { id: 1, name: "dev" };
const prod = { id: 2, name: "prod" };

let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase();
  for (const name of ["CI", "100%", "100x"]) {
    await recordAuditEvent(test.db, {
      action: "api_key.create",
      actor,
      environment: dev,
      subject: { id: 1, name },
    });
  }
  await recordAuditEvent(test.db, {
    action: "api_key.delete",
    actor,
    environment: prod,
    subject: { id: 2, name: "CI" },
  });
  await recordAuditEvent(test.db, {
    action: "sign_in.success",
    actor: { ...actor, name: "ada@latchkey.test" },
  });
  await recordAuditEvent(test.db, { action: "environment.delete", actor, environment: prod, subject: prod });
});

async function names(
  filter: AuditFilter,
  includeWorkspaceEvents = false,
  size = 50,
): Promise<(string | null)[]> {
  const { events } = await listAuditEvents(test.db, dev.id, { includeWorkspaceEvents, filter, size });
  return events.map(({ action, subjectName }) => subjectName ?? action);
}

it("lists the environment's events, newest first", async () => {
  expect(await names({})).toEqual(["100x", "100%", "CI"]);
});

it("adds workspace events on request, never events of another environment", async () => {
  expect(await names({}, true)).toEqual(["prod", "sign_in.success", "100x", "100%", "CI"]);
});

it("filters by action, person and name; wildcards in a name match literally", async () => {
  expect(await names({ name: "0%" }, true)).toEqual(["100%"]);
  expect(await names({ person: "ADA@" }, true)).toEqual(["sign_in.success"]);
  expect(await names({ action: "api_key.delete" }, true)).toEqual([]);
});

it("continues after the last page", async () => {
  const first = await listAuditEvents(test.db, dev.id, { includeWorkspaceEvents: true, filter: {}, size: 2 });
  expect(first.hasMore).toBe(true);
  expect(await names({ before: first.events.at(-1)?.id }, true, 3)).toEqual(["100x", "100%", "CI"]);
});

it("ignores invalid filter values", () => {
  const odd = { action: "x", person: ["a", "b"], name: "  ", before: "-1", other: "1" };
  expect(auditFilterSchema.parse(odd)).toEqual({});
  expect(auditFilterSchema.parse({ before: "9".repeat(30) })).toEqual({});
});
