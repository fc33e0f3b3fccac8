import { cn } from "@/components/ui/cn";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { Selection } from "@/lib/scopes/selection";

const choices = [
  { access: "full", name: "Full access", hint: "Everything in this environment, now and later" },
  { access: "custom", name: "Custom permissions", hint: "Only the scopes you tick" },
] as const;

type AccessChoiceProps = {
  readonly id: string;
  readonly access: Selection["access"];
  readonly onChoose: (access: Selection["access"]) => void;
};

export function AccessChoice({ id, access, onChoose }: AccessChoiceProps) {
  return (
    <div className="grid gap-1.5">
      <span id={`${id}-label`} className="font-medium">
        Permissions
      </span>
      <RadioGroup
        aria-labelledby={`${id}-label`}
        value={access}
        onValueChange={(value) => onChoose(value === "full" ? "full" : "custom")}
        className="grid gap-2.5 sm:grid-cols-2"
      >
        {choices.map((choice) => (
          <label
            key={choice.access}
            htmlFor={`${id}-${choice.access}`}
            className={cn(
              "flex cursor-pointer gap-2.5 rounded-[10px] border px-3.5 py-3 transition-colors",
              access === choice.access ? "border-accent bg-accent-soft" : "hover:border-line-strong",
            )}
          >
            <RadioGroupItem
              id={`${id}-${choice.access}`}
              value={choice.access}
              aria-label={choice.name}
              aria-describedby={`${id}-${choice.access}-hint`}
              className="mt-0.5"
            />
            <span className="grid content-start gap-0.5">
              <span>{choice.name}</span>
              <span id={`${id}-${choice.access}-hint`} className="text-ink-2 text-sm">
                {choice.hint}
              </span>
            </span>
          </label>
        ))}
      </RadioGroup>
    </div>
  );
}
