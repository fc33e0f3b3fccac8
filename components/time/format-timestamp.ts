type Parts = { readonly [name in "day" | "month" | "year"]: string };

function partsOf(at: number, timeZone: string | undefined): Parts {
  const parts = new Intl.DateTimeFormat("en-US", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone,
  })
    .formatToParts(at)
    .map(({ type, value }) => [type, value] as const);
  return { day: "", month: "", year: "", ...Object.fromEntries(parts) };
}

/** Formats a time as "24 Nov 2026, 18:03:52 UTC". `timeZone`: an IANA name, or the local one if undefined. */
export function formatTimestamp(iso: string, timeZone: string | undefined): string {
  const { day, month, year } = partsOf(Date.parse(iso), timeZone);
  const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "long", timeZone }).format(Date.parse(iso));
  return `${day} ${month} ${year}, ${time}`;
}

/** Formats a day for a list: "Today", "3 Oct", or "12 Sep 2024" in another year. */
export function formatShortDate(iso: string, now: number, timeZone: string | undefined): string {
  const then = partsOf(Date.parse(iso), timeZone);
  const today = partsOf(now, timeZone);
  const day = `${then.day} ${then.month}`;
  if (then.year !== today.year) return `${day} ${then.year}`;
  return day === `${today.day} ${today.month}` ? "Today" : day;
}
