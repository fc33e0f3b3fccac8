type JsonSectionProps = {
  readonly id: string;
  readonly title: string;
  readonly value: Readonly<Record<string, unknown>> | null;
};

/** Maximum number of characters shown. The object comes from API callers and can be longer. */
const maxCharacters = 20_000;

/** A JSON object that an API caller stored, as text. */
export function JsonSection({ id, title, value }: JsonSectionProps) {
  const text = JSON.stringify(value ?? {}, null, 2);
  return (
    <section aria-labelledby={id} className="grid min-w-0 gap-2">
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      {value === null || Object.keys(value).length === 0 ? (
        <p className="text-ink-2">None</p>
      ) : (
        <pre className="whitespace-pre-wrap break-all rounded-card border bg-panel px-4 py-3 shadow-soft">
          <code className="font-mono text-sm">{text.slice(0, maxCharacters)}</code>
        </pre>
      )}
      {text.length > maxCharacters && (
        <p className="text-ink-2 text-sm">
          First {maxCharacters.toLocaleString("en")} of {text.length.toLocaleString("en")} characters.
        </p>
      )}
    </section>
  );
}
