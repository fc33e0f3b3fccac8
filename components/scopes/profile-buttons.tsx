import { cn } from "@/components/ui/cn";
import { moveFocus } from "@/components/ui/move-focus";
import { type Profile, profiles } from "@/lib/access/scopes/profiles";
import { matchesProfile, type Selection } from "@/lib/access/scopes/selection";

type ProfileButtonsProps = { readonly selection: Selection; readonly onApply: (profile: Profile) => void };

/** A button for each profile, which applies it. Pressed while the selection grants what the profile does. */
export function ProfileButtons({ selection, onApply }: ProfileButtonsProps) {
  return (
    <fieldset onKeyDown={(event) => moveFocus(event, "button")}>
      <legend className="pb-1.5 font-medium">Start from a profile</legend>
      <div className="flex flex-wrap gap-2">
        {profiles.map((profile) => {
          const isPressed = matchesProfile(selection, profile);
          return (
            <button
              key={profile.slug}
              type="button"
              aria-pressed={isPressed}
              onClick={() => onApply(profile)}
              className={cn(
                "h-8 rounded-full border px-3 text-sm transition-colors",
                isPressed ? "border-ink bg-ink text-bg" : "bg-panel hover:border-line-strong",
              )}
            >
              {profile.name}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
