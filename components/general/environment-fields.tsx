import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";

type Props = {
  readonly id: string;
  readonly name?: string;
  readonly isProduction?: boolean;
  readonly error: string | undefined;
};

/** Name and production flag of a new or an existing environment. */
export function EnvironmentFields({ id, name = "", isProduction = false, error }: Props) {
  return (
    <>
      <Field
        id={`${id}-name`}
        label="Name"
        error={error}
        hint="Lowercase letters, digits and hyphens. Used in every URL."
      >
        {(input) => (
          <Input
            {...input}
            name="name"
            defaultValue={name}
            placeholder="staging"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <div className="flex gap-2.5">
        <Checkbox
          id={`${id}-production`}
          name="isProduction"
          defaultChecked={isProduction}
          className="mt-0.5"
          aria-describedby={`${id}-production-hint`}
        />
        <div className="grid gap-0.5">
          <Label htmlFor={`${id}-production`}>Production</Label>
          <p id={`${id}-production-hint`} className="text-ink-3 text-sm">
            Only admins can create, change, reveal or delete its keys and variables. New keys start with{" "}
            <code className="font-mono">lk_live_</code> instead of <code className="font-mono">lk_test_</code>
            ; existing keys keep theirs.
          </p>
        </div>
      </div>
    </>
  );
}

/** Reads the values of `EnvironmentFields`. */
export function readEnvironmentValues(form: FormData): { name: string; isProduction: boolean } {
  return { name: String(form.get("name") ?? ""), isProduction: form.get("isProduction") === "on" };
}
