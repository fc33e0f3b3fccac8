import {
  BoxIcon,
  BracesIcon,
  EyeIcon,
  KeyIcon,
  LogInIcon,
  type LucideIcon,
  ShieldAlertIcon,
  Trash2Icon,
  UserIcon,
} from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { AuditAction } from "@/lib/access/audit/model";

/** Shows the kind of action. Hidden from screen readers, because the sentence beside it names the action. */
export function ActionIcon({ action }: { readonly action: AuditAction }) {
  const Icon = iconOf(action);
  return (
    <span
      aria-hidden
      className={cn(
        "mt-px grid size-7 shrink-0 place-items-center rounded-full bg-raised text-ink-2 [&_svg]:size-3.5",
        Icon === Trash2Icon && "bg-danger-soft text-danger-ink",
        (Icon === EyeIcon || Icon === ShieldAlertIcon) && "bg-warn-soft text-warn-ink",
      )}
    >
      <Icon />
    </span>
  );
}

function iconOf(action: AuditAction): LucideIcon {
  if (action === "sign_in.failure") return ShieldAlertIcon;
  if (/\.(delete|remove)$/.test(action)) return Trash2Icon;
  if (/\.(reveal|copy)$/.test(action)) return EyeIcon;
  if (action.startsWith("api_key.")) return KeyIcon;
  if (action.startsWith("variable.")) return BracesIcon;
  if (action.startsWith("environment.")) return BoxIcon;
  return action.startsWith("sign_in.") ? LogInIcon : UserIcon;
}
