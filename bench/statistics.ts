/** The value that the given part of all values does not exceed, nearest rank; NaN of nothing. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** "1.2 to 3.4 of 5" */
export function formatSpread(values: readonly number[]): string {
  if (values.length === 0) return "of nothing";
  return `${formatNumber(quantile(values, 0))} to ${formatNumber(quantile(values, 1))} of ${values.length}`;
}

/** A number with as many digits as are worth reading. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
