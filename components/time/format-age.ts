/** Lengths in seconds. A month is not among them: "45 d ago" is exact, "1 mo. ago" is not. */
const units = [
  { unit: "day", seconds: 86_400, style: "narrow" },
  { unit: "hour", seconds: 3600, style: "narrow" },
  // Narrow would write minutes as "m", which could be months or metres.
  { unit: "minute", seconds: 60, style: "short" },
  { unit: "second", seconds: 1, style: "narrow" },
] as const;

const formats = {
  narrow: new Intl.RelativeTimeFormat("en", { style: "narrow", numeric: "always" }),
  short: new Intl.RelativeTimeFormat("en", { style: "short", numeric: "always" }),
};

/**
 * How long before `now` an instant was (both in milliseconds since 1970): "4 s ago", "2 min ago", "3 h ago",
 * "6 d ago", always rounded down. An instant after `now` reads "0 s ago": nobody uses a key in the future.
 */
export function formatAge(at: number, now: number): string {
  const age = Math.max(0, Math.floor((now - at) / 1000));
  const { unit, seconds, style } = units.find((candidate) => age >= candidate.seconds) ?? units[3];
  return normalizeSpacing(formats[style].formatToParts(-Math.floor(age / seconds), unit));
}

/** English writes "4s ago" and "2 min. ago"; one space and no full stop make them alike. */
function normalizeSpacing(parts: readonly Intl.RelativeTimeFormatPart[]): string {
  return parts
    .map(({ type, value }) => (type === "literal" ? ` ${value.trim().replace(".", "")}` : value))
    .join("");
}
