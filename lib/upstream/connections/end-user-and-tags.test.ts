import { describe, expect, it } from "vitest";
import { noEndUserOrTags, updateEndUserAndTags } from "./end-user-and-tags";

const ada = { id: "ada", email: "ada@example.com", display_name: "Ada" };
const adaTags = { end_user_id: "ada", end_user_email: "ada@example.com", end_user_display_name: "Ada" };

describe("updateEndUserAndTags", () => {
  it("adds the end user's tags to the given ones", () => {
    const updated = updateEndUserAndTags(noEndUserOrTags, {
      end_user: ada,
      tags: { team: "x", end_user_id: "other" },
    });
    expect(updated.tags).toEqual({ ...adaTags, team: "x", end_user_id: "other" });
    expect(updated.endUser).toEqual({ ...ada, tags: null, organization: null });
  });

  it("replaces the given tags and keeps the end user's", () => {
    const current = updateEndUserAndTags(noEndUserOrTags, { end_user: ada, tags: { team: "x" } });
    expect(updateEndUserAndTags(current, { tags: { color: "red" } })).toEqual({
      endUser: current.endUser,
      tags: { ...adaTags, color: "red" },
    });
    expect(updateEndUserAndTags(current, {})).toEqual(current);
  });

  it("removes the tags of the previous end user", () => {
    const current = updateEndUserAndTags(noEndUserOrTags, { end_user: ada, tags: { team: "x" } });
    expect(updateEndUserAndTags(current, { end_user: { id: "bob" } }).tags).toEqual({
      end_user_id: "bob",
      team: "x",
    });
  });

  it("keeps the organization only while the end user is the same", () => {
    const organization = { id: "acme", display_name: null };
    const current = {
      endUser: { id: "ada", display_name: null, email: null, tags: null, organization },
      tags: {},
    };
    expect(updateEndUserAndTags(current, { end_user: { id: "ada" } }).endUser?.organization).toEqual(
      organization,
    );
    expect(updateEndUserAndTags(current, { end_user: { id: "bob" } }).endUser?.organization).toBeNull();
  });
});
