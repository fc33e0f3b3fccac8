/** Returns the quantile `fraction` (0 to 1) by nearest rank. NaN when there are no values. */
export function quantile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)] ?? Number.NaN;
}

/** Returns the median by nearest rank. NaN when there are no values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Formats minimum, maximum and count: "1.2 to 3.4, 5 samples". */
export function formatSpread(values: readonly number[]): string {
  if (values.length === 0) return "no samples";
  const [min, max] = [quantile(values, 0), quantile(values, 1)];
  return `${formatNumber(min)} to ${formatNumber(max)}, ${values.length} samples`;
}

/** Formats a number with three significant digits; numbers from 100 up without decimals. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
