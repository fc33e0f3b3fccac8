import { Select } from "@/components/ui/select";
import { type MemberRole, memberRoles } from "@/lib/access/members/model";

const roleDescriptions = {
  admin: "Admin: everything",
  developer: "Developer: everything inside non-production environments",
  viewer: "Viewer: sees keys, never their secrets",
} as const satisfies Record<MemberRole, string>;

type Input = { id: string; "aria-invalid": boolean; "aria-describedby": string | undefined };

export function RoleSelect({ input, selected }: { readonly input: Input; readonly selected: MemberRole }) {
  return (
    <Select {...input} name="role" defaultValue={selected}>
      {memberRoles.map((each) => (
        <option key={each} value={each}>
          {roleDescriptions[each]}
        </option>
      ))}
    </Select>
  );
}

/** The role chosen above; the least one should none be. */
export function readRoleField(form: FormData): MemberRole {
  return memberRoles.find((role) => role === form.get("role")) ?? "viewer";
}
