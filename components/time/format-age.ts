/** Units with their length in seconds. Without months: "45 d ago" is exact, "1 mo. ago" is not. */
const units = [
  { unit: "day", seconds: 86_400, style: "narrow" },
  { unit: "hour", seconds: 3600, style: "narrow" },
  // The narrow style abbreviates minutes to "m", which could be months or meters.
  { unit: "minute", seconds: 60, style: "short" },
  { unit: "second", seconds: 1, style: "narrow" },
] as const;

const formats = {
  narrow: new Intl.RelativeTimeFormat("en", { style: "narrow", numeric: "always" }),
  short: new Intl.RelativeTimeFormat("en", { style: "short", numeric: "always" }),
};

/**
 * Formats the time from `at` to `now`, both in milliseconds since 1970: "4 s ago", "2 min ago", "3 h ago",
 * "6 d ago", rounded down. Less than a second, or an `at` after `now`, is "now".
 */
export function formatAge(at: number, now: number): string {
  const age = Math.floor((now - at) / 1000);
  const found = units.find((candidate) => age >= candidate.seconds);
  if (found === undefined) return "now";
  const { unit, seconds, style } = found;
  return normalizeSpacing(formats[style].formatToParts(-Math.floor(age / seconds), unit));
}

/** Changes "4s ago" and "2 min. ago" to the same form: one space, no period. */
function normalizeSpacing(parts: readonly Intl.RelativeTimeFormatPart[]): string {
  return parts
    .map(({ type, value }) => (type === "literal" ? ` ${value.trim().replace(".", "")}` : value))
    .join("");
}
