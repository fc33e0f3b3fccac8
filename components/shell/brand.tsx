/** The key mark, as in `app/icon.svg`, and the product's name. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2.5 font-semibold text-[0.9375rem] tracking-tight">
      <svg
        viewBox="0 0 24 24"
        aria-hidden
        className="size-5 fill-none stroke-2 stroke-accent"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="m15.5 7.5 2.3 2.3a1 1 0 0 0 1.4 0l2.1-2.1a1 1 0 0 0 0-1.4L19 4" />
        <path d="m21 2-9.6 9.6" />
        <circle cx="7.5" cy="15.5" r="5.5" />
      </svg>
      Latchkey
    </span>
  );
}
