/** The most issues that a response lists. */
export const maxIssues = 20;

/** Characters of a message, or of one part of a path: both can repeat what the request sent. */
const maxTextLength = 255;

/** An issue as zod reports it. Of it, `code`, `message` and `path` may be shown. */
type RawIssue = {
  readonly code: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
};

export type Issue = { readonly code: string; readonly message: string; readonly path: readonly string[] };

/** Returns the first issues, at most 20 with texts of at most 255 characters, so that a response stays small. */
export function firstIssues(issues: readonly RawIssue[]): Issue[] {
  return issues.slice(0, maxIssues).map(({ code, message, path }) => ({
    code,
    message: shorten(message),
    path: path.map((part) => shorten(String(part))),
  }));
}

function shorten(text: string): string {
  return text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength - 1)}…`;
}
