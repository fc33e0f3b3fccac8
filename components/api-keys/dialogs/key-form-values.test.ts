import { expect, it } from "vitest";
import { firstErrorSelector } from "./key-form-values";

it.each([
  ["the name", { displayName: "Enter a name" }, "[name=displayName]"],
  ["the scopes", { grants: "Select a scope" }, "[type=search]"],
  [
    "the name before the scopes",
    { displayName: "Enter a name", grants: "Select a scope" },
    "[name=displayName]",
  ],
  // Not the scope search, which comes before the error of the whole form in the document.
  ["the whole form", { form: "The server did not answer" }, "[role=alert]"],
])("moves the focus to an error of %s", (_, errors, selector) => {
  expect(firstErrorSelector(errors)).toBe(selector);
});
