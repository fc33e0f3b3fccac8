import { describe, expect, it } from "vitest";
import { type AuditEvent, auditActions } from "@/lib/access/audit/model";
import { browserName } from "./browser-name";
import { actionGroups, describeDetail, describeEvent } from "./describe-event";

const event = (values: Partial<AuditEvent>): AuditEvent => ({
  id: 1,
  at: "2026-11-24T18:00:00.000Z",
  action: "api_key.create",
  actorKind: "member",
  actorName: "admin@example.com",
  environmentName: "dev",
  subjectName: "CI Deploy Key",
  detail: {},
  address: null,
  userAgent: null,
  ...values,
});

const sentenceOf = (values: Partial<AuditEvent>) => {
  const { actor, verb, subject, rest, object } = describeEvent(event(values));
  return [actor, verb, subject, rest, object].filter((part) => part !== undefined).join(" ");
};

describe("describeEvent", () => {
  it.each([
    [{}, "admin@example.com created API key CI Deploy Key"],
    [
      { action: "api_key.rename", detail: { before: "CI", after: "CI Deploy Key" } },
      "admin@example.com renamed API key CI to CI Deploy Key",
    ],
    [
      { action: "environment.change", subjectName: "dev", detail: { before: false, after: true } },
      "admin@example.com marked environment dev as production",
    ],
    [
      { action: "environment.change", subjectName: "qa", detail: { before: "dev", after: "qa" } },
      "admin@example.com renamed environment dev to qa",
    ],
    [
      {
        action: "member.change_role",
        subjectName: "ada@example.com",
        detail: { before: "admin", after: "viewer" },
      },
      "admin@example.com changed ada@example.com from admin to viewer",
    ],
    [
      { action: "sign_in.failure", actorKind: "anonymous", subjectName: null },
      "admin@example.com failed to sign in",
    ],
    [{ actorKind: "command_line", actorName: "root" }, "root (command line) created API key CI Deploy Key"],
    [{ actorKind: "system", actorName: "system" }, "Latchkey created API key CI Deploy Key"],
  ] as const satisfies readonly [Partial<AuditEvent>, string][])("%j", (values, sentence) => {
    expect(sentenceOf(values)).toBe(sentence);
  });

  it.each(auditActions)("describes %s and offers it in the filter", (action) => {
    expect(sentenceOf({ action })).not.toContain(action);
    expect(actionGroups.flatMap(({ actions }) => Object.keys(actions))).toContain(action);
  });

  it("shows the origins before and after a change", () => {
    const detail = { before: [], after: ["https://files.example.com", "https://cdn.example.com"] };
    expect(describeDetail(event({ action: "integration.change_override_origins", detail }))).toBe(
      "none → https://files.example.com, https://cdn.example.com",
    );
  });

  it("shows the scopes before and after a change", () => {
    const detail = { before: ["environment:*"], after: ["environment:deploy"] };
    expect(describeDetail(event({ action: "api_key.change_scopes", detail }))).toBe(
      "Full access → CI/CD Deploy",
    );
  });
});

it.each([
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Chrome 140 on Linux",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Edge 140 on Windows",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:130.0) Gecko/20100101 Firefox/130.0",
    "Firefox 130 on macOS",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari 18 on iOS",
  ],
  ["curl/8.5.0", "curl/8.5.0"],
])("names the browser of %s", (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name);
});
