const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "part of the path is a file",
  ENOENT: "it does not exist",
};

/**
 * Describes why a file operation failed. Null when the error is not a system error, which means that it is a
 * bug.
 */
export function describeFileError(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  return "syscall" in error ? (reasons[error.code] ?? error.code) : null;
}
