import { describe, expect, it } from "vitest";
import { noEndUserOrTags, updateEndUserAndTags } from "./end-user-and-tags";

const ada = { id: "ada", email: "ada@example.com", display_name: "Ada" };
const adaTags = { end_user_id: "ada", end_user_email: "ada@example.com", end_user_display_name: "Ada" };

describe("changePeople", () => {
  it("gives a connection its end user's tags beside its own", () => {
    const people = updateEndUserAndTags(noEndUserOrTags, {
      end_user: ada,
      tags: { team: "x", end_user_id: "other" },
    });
    expect(people.tags).toEqual({ ...adaTags, team: "x", end_user_id: "other" });
    expect(people.endUser).toEqual({ ...ada, tags: null, organization: null });
  });

  it("replaces all tags that were given, and keeps the end user's", () => {
    const before = updateEndUserAndTags(noEndUserOrTags, { end_user: ada, tags: { team: "x" } });
    expect(updateEndUserAndTags(before, { tags: { colour: "red" } })).toEqual({
      endUser: before.endUser,
      tags: { ...adaTags, colour: "red" },
    });
    expect(updateEndUserAndTags(before, {})).toEqual(before);
  });

  it("lets the tags of an end user go with the end user", () => {
    const before = updateEndUserAndTags(noEndUserOrTags, { end_user: ada, tags: { team: "x" } });
    expect(updateEndUserAndTags(before, { end_user: { id: "bob" } }).tags).toEqual({
      end_user_id: "bob",
      team: "x",
    });
  });

  it("keeps an organization only while the person stays", () => {
    const organization = { id: "acme", display_name: null };
    const before = {
      endUser: { id: "ada", display_name: null, email: null, tags: null, organization },
      tags: {},
    };
    expect(updateEndUserAndTags(before, { end_user: { id: "ada" } }).endUser?.organization).toEqual(
      organization,
    );
    expect(updateEndUserAndTags(before, { end_user: { id: "bob" } }).endUser?.organization).toBeNull();
  });
});
