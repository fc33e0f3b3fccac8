import { type ParseArgsConfig, parseArgs } from "node:util";
import { fail, ok, type Result } from "@/lib/infrastructure/result";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<Declared extends Options> = ReturnType<typeof parseArgs<{ options: Declared }>>["values"];

/**
 * Parses the arguments after a command. The error is a message for the operator about an unknown option, a
 * missing value or an unexpected argument.
 */
export function parseOptions<const Declared extends Options>(
  args: readonly string[],
  options: Declared,
): Result<Values<Declared>, string> {
  try {
    return ok(parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values);
  } catch (error) {
    // parseArgs throws a TypeError with a code for invalid arguments. Its first sentence names the problem.
    if (!(error instanceof TypeError) || !("code" in error)) throw error;
    return fail(`${error.message.split(". ")[0]}.`);
  }
}
