/** A placeholder for hidden credentials. */
export function HiddenCredentials() {
  return (
    <span className="font-mono text-ink-3 tracking-wider">
      <span aria-hidden>••••••••••</span>
      <span className="sr-only">Hidden</span>
    </span>
  );
}
