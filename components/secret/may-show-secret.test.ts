import { expect, it } from "vitest";
import { mayShowSecret } from "./may-show-secret";

it.each([
  ["shows a secret in the window that has the focus", false, true, true],
  ["keeps a secret hidden that arrives after the window lost the focus", false, false, false],
  ["keeps a secret hidden that arrives in a hidden page", true, false, false],
])("%s", (_, hidden, isFocused, expected) => {
  expect(mayShowSecret({ hidden, hasFocus: () => isFocused })).toBe(expected);
});
