import { Select } from "@/components/ui/select";
import { type MemberRole, memberRoles } from "@/lib/access/members/model";

const roleDescriptions = {
  admin: "Admin: everything",
  developer: "Developer: everything in non-production environments",
  viewer: "Viewer: can see keys but not their secrets",
} as const satisfies Record<MemberRole, string>;

type Input = { id: string; "aria-invalid": boolean; "aria-describedby": string | undefined };

export function RoleSelect({ input, selected }: { readonly input: Input; readonly selected: MemberRole }) {
  return (
    <Select {...input} name="role" defaultValue={selected}>
      {memberRoles.map((role) => (
        <option key={role} value={role}>
          {roleDescriptions[role]}
        </option>
      ))}
    </Select>
  );
}

/** Reads the role of `RoleSelect`. Returns the role with the fewest permissions if the field is missing. */
export function readRoleField(form: FormData): MemberRole {
  return memberRoles.find((role) => role === form.get("role")) ?? "viewer";
}
