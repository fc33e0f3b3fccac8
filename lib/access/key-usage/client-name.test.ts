import { expect, it } from "vitest";
import { parseClientName } from "./client-name";

it.each([
  ["nango-node-client/0.70.1 (darwin/23.0; node.js/20.1.0)", "nango-node-client 0.70.1"],
  ["curl/8.1.2", "curl 8.1.2"],
  ["node", "node"],
  ["Mozilla/5.0 (X11; Linux x86_64)", "Mozilla 5.0"],
  ["", null],
  [null, null],
  ["<script>", null],
  ["lk_live_abcdefghijklmnopqrstuvwxyz", null],
  ["my-app/lk_test_abc", null],
  ["lk_liveness/1", "lk_liveness 1"],
  [`${"a".repeat(500)}/1`, "a".repeat(48)],
  [`x/${"1".repeat(500)}`, `x ${"1".repeat(24)}`],
])("parses %j as %j", (userAgent, expected) => {
  expect(parseClientName(userAgent)).toBe(expected);
});
