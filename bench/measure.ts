import type { Workspace } from "./workspace";

export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** One number, and what it should be. */
export type Finding = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** How far what it was computed from lies apart, in words. */
  readonly spread: string;
  /** Null for what is only told. */
  readonly target: Target | null;
};

export type Measure = {
  /** The word on the command line. */
  readonly name: string;
  /** What it needs beyond the API: the dashboard's build, a browser. */
  readonly needs: readonly ("dashboard" | "browser")[];
  readonly run: (workplace: Workspace) => Promise<readonly Finding[]>;
};

/** Null where there is no target. */
export function isMet({ value, target }: Finding): boolean | null {
  if (target === null) return null;
  return "atMost" in target ? value <= target.atMost : value >= target.atLeast;
}
