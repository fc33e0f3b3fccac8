import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type NameFieldProps = {
  readonly id: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
};

export function NameField({ id, value, error, onChange }: NameFieldProps) {
  return (
    <Field id={id} label="Display name" error={error}>
      {(input) => (
        <Input
          {...input}
          name="displayName"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          placeholder="CI Deploy Key"
          autoComplete="off"
          data-1p-ignore
          data-lpignore="true"
        />
      )}
    </Field>
  );
}
