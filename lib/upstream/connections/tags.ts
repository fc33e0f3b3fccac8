import { z } from "zod";
import { boundedRecord } from "@/lib/infrastructure/bounded-schema";

const maxTags = 10;

const key = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z][A-Za-z0-9_\-./]*$/,
    "Must start with a letter and contain only letters, digits and _ - . /",
  );

const value = z.string().min(1).max(255);

/** Schema of tags in a request. Lower-cases the keys (docs/environment-api.md, "Tags"). */
export const tagsSchema = boundedRecord(key, value, maxTags).transform((input, context) => {
  const entries = Object.entries(input).map(([name, text]) => [name.toLowerCase(), text] as const);
  const tags = Object.fromEntries(entries);
  const addIssue = (message: string, path: string[] = []) =>
    context.addIssue({ code: "custom", message, path });
  if (Object.keys(tags).length !== entries.length) addIssue("Two tags differ only in letter case");
  const email = tags.end_user_email;
  if (email !== undefined && !z.email().safeParse(email).success) {
    addIssue("Must be an e-mail address", ["end_user_email"]);
  }
  return tags;
});
