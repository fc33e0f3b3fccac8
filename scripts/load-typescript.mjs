/** From here on this process can import the TypeScript of lib/ and drizzle/. */
export async function loadTypeScript() {
  const { register } = await import("tsx/esm/api");
  register();
}

/**
 * Ends the process with a sentence for people.
 * @param {string} sentence
 * @returns {never}
 */
export function exitWithError(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
