import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseQuery } from "./parse-query";

describe("parseQuery", () => {
  it.each([
    ["", {}],
    ["a=1&b=%20x+y", { a: "1", b: " x y" }],
    ["include=webhook&include=credentials", { include: ["webhook", "credentials"] }],
    ["ids[]=1", { ids: "1" }],
    ["ids[]=1&ids[]=2", { ids: ["1", "2"] }],
    ["tags[end_user_id]=7&tags%5Bteam%5D=x", { tags: { end_user_id: "7", team: "x" } }],
    ["tags[a]=1&tags[a]=2", { tags: { a: ["1", "2"] } }],
    ["tags=1&tags[a]=2", { tags: ["", ""] }],
    ["tags[a][b]=1", { "tags[a][b]": "1" }],
    ["a&=b", { a: "", "": "b" }],
  ])("parses %j", (text, expected) => {
    expect(parseQuery(text)).toEqual(expected);
  });

  it("treats __proto__ as an ordinary name", () => {
    const query = parseQuery("__proto__=1&tags[__proto__]=2");
    expect(Object.keys(query)).toEqual(["__proto__", "tags"]);
    expect(Object.keys(query.tags ?? {})).toEqual(["__proto__"]);
  });

  it("parses any text without throwing", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => parseQuery(text) !== undefined));
  });
});
