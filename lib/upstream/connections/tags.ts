import { z } from "zod";

const maxTags = 10;

const key = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_\-./]*$/, "A tag begins with a letter; then letters, digits and _ - . /");

const value = z.string().min(1).max(255);

/** Tags as a request gives them; keys in lower case afterwards (contract, section 2, "Tags"). */
export const tagsSchema = z.record(key, value).transform((given, context) => {
  const entries = Object.entries(given).map(([name, text]) => [name.toLowerCase(), text] as const);
  const tags = Object.fromEntries(entries);
  const complain = (message: string, path: string[] = []) =>
    context.addIssue({ code: "custom", message, path });
  if (entries.length > maxTags) complain(`At most ${maxTags} tags`);
  if (Object.keys(tags).length !== entries.length) complain("Two tags differ only in letter case");
  const email = tags.end_user_email;
  if (email !== undefined && !z.email().safeParse(email).success) {
    complain("Must be an e-mail address", ["end_user_email"]);
  }
  return tags;
});
