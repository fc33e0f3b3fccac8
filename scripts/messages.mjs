/**
 * Prints a line about the progress to standard error, because standard output is only for the result of a
 * command.
 * @param {string} text
 */
export function printProgress(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Prints an error message and ends the process with exit code 1.
 * @param {string} message
 * @returns {never}
 */
export function exitWithError(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
