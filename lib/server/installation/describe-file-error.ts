const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "part of the path is a file",
  ENOENT: "it does not exist",
};

/** Says in words why the system refused to touch a file; null when the error is something else, so a bug. */
export function describeFileError(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  return "syscall" in error ? (reasons[error.code] ?? error.code) : null;
}
