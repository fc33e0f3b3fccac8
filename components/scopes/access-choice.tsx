import { cn } from "@/components/ui/cn";
import type { Selection } from "@/lib/access/scopes/selection";

const choices = [
  { access: "full", name: "Full access", hint: "Every scope, including ones added later" },
  { access: "custom", name: "Custom permissions", hint: "Only the scopes you select" },
] as const;

type AccessChoiceProps = {
  readonly id: string;
  readonly access: Selection["access"];
  readonly onChoose: (access: Selection["access"]) => void;
};

export function AccessChoice({ id, access, onChoose }: AccessChoiceProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="pb-1.5 font-medium">Permissions</legend>
      <div className="grid gap-2.5 sm:grid-cols-2">
        {choices.map((choice) => (
          <label
            key={choice.access}
            className={cn(
              "flex cursor-pointer gap-2.5 rounded-[10px] border px-3.5 py-3 transition-colors",
              access === choice.access ? "border-accent bg-accent-soft" : "hover:border-line-strong",
            )}
          >
            <input
              type="radio"
              name={`${id}-access`}
              checked={access === choice.access}
              onChange={() => onChoose(choice.access)}
              aria-label={choice.name}
              aria-describedby={`${id}-${choice.access}`}
              className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-line-strong bg-panel checked:border-[5px] checked:border-accent checked:bg-accent-ink"
            />
            <span className="grid content-start gap-0.5">
              <span>{choice.name}</span>
              <span id={`${id}-${choice.access}`} className="text-ink-2 text-sm">
                {choice.hint}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
