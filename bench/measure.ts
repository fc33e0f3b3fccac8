import type { Workspace } from "./workspace";

export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** One measured number and its target. */
export type Finding = {
  readonly title: string;
  readonly value: number;
  readonly unit: string;
  /** The range of the samples, or other context, as text. */
  readonly spread: string;
  /** Null when the number is only reported. */
  readonly target: Target | null;
};

export type Measure = {
  /** The name on the command line. */
  readonly name: string;
  /** What it requires besides the API: the build of the dashboard, a browser. */
  readonly needs: readonly ("dashboard" | "browser")[];
  readonly run: (workspace: Workspace) => Promise<readonly Finding[]>;
};

/** True if the finding meets its target. Null if it has no target. */
export function isMet({ value, target }: Finding): boolean | null {
  if (target === null) return null;
  return "atMost" in target ? value <= target.atMost : value >= target.atLeast;
}
