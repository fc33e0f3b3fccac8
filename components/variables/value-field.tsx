import { Field } from "@/components/ui/field";

type Props = { readonly id: string; readonly error: string | undefined };

/** A text area, because a value can have several lines. */
export function ValueField({ id, error }: Props) {
  return (
    <Field id={id} label="Value" error={error}>
      {(input) => (
        <textarea
          {...input}
          name="value"
          rows={3}
          autoComplete="off"
          spellCheck={false}
          data-1p-ignore
          data-lpignore="true"
          data-bwignore
          className="w-full min-w-0 resize-y rounded-control border border-line-strong/70 bg-panel px-3 py-2 font-mono text-ink text-sm shadow-soft aria-invalid:border-danger"
        />
      )}
    </Field>
  );
}

/** Reads the value of `ValueField`. */
export function readVariableValue(form: FormData): string {
  return String(form.get("value") ?? "");
}
