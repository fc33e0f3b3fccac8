import { type ParseArgsConfig, parseArgs } from "node:util";
import { fail, ok, type Result } from "@/lib/infrastructure/result";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<Given extends Options> = ReturnType<typeof parseArgs<{ options: Given }>>["values"];

/** Reads the words after a command. The failure is a sentence: an unknown option, a missing value, a word too many. */
export function parseOptions<const Given extends Options>(
  words: readonly string[],
  options: Given,
): Result<Values<Given>, string> {
  try {
    return ok(parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values);
  } catch (error) {
    // parseArgs throws a TypeError with a code for whatever a person typed wrongly; its first sentence says what.
    if (!(error instanceof TypeError) || !("code" in error)) throw error;
    return fail(`${error.message.split(". ")[0]}.`);
  }
}
