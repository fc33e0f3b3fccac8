import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ConfigField } from "@/lib/upstream/providers/model";

type Props = {
  readonly fields: Readonly<Record<string, ConfigField>>;
  readonly errors: Readonly<Record<string, string>>;
};

/**
 * Inputs for the values of a connection's config that the end user enters. Their names start with `config.`.
 */
export function ConfigFields({ fields, errors }: Props) {
  return Object.entries(fields).map(([name, { title, description, example, suffix, optional }]) => (
    <Field key={name} id={`config-${name}`} label={title} hint={description} error={errors[name]}>
      {(input) => (
        <div className="flex items-center gap-2">
          <Input
            {...input}
            name={`config.${name}`}
            placeholder={example}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            required={optional !== true}
          />
          {suffix !== undefined && <span className="text-ink-2">{suffix}</span>}
        </div>
      )}
    </Field>
  ));
}
