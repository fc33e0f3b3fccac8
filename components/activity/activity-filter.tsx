import Form from "next/form";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select } from "@/components/ui/select";
import type { AuditFilter } from "@/lib/access/audit/filter";
import { actionGroups } from "./describe-event";

type Props = { readonly path: string; readonly filter: AuditFilter; readonly withWorkspaceEvents: boolean };

/** The filter of Activity. Its values are stored in the URL. The inputs are reset when the URL changes. */
export function ActivityFilter({ path, filter, withWorkspaceEvents }: Props) {
  const groups = actionGroups.filter(
    ({ label }) => withWorkspaceEvents || (label !== "Members" && label !== "Sign-in"),
  );
  const isFiltered = [filter.action, filter.person, filter.name].some((value) => value !== undefined);
  return (
    <Form
      action={path}
      key={JSON.stringify(filter)}
      role="search"
      aria-label="Filter activity"
      className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
    >
      <div className="grid gap-1.5">
        <Label htmlFor="filter-action">Action</Label>
        <Select id="filter-action" name="action" defaultValue={filter.action ?? ""}>
          <option value="">All actions</option>
          {groups.map(({ label, actions }) => (
            <optgroup key={label} label={label}>
              {Object.entries(actions).map(([action, name]) => (
                <option key={action} value={action}>
                  {label}: {name.toLowerCase()}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      </div>
      <div className="grid gap-1.5">
        <Label htmlFor="filter-person">Person</Label>
        <Input
          id="filter-person"
          name="person"
          defaultValue={filter.person}
          placeholder="admin@example.com"
          maxLength={300}
          autoComplete="off"
        />
      </div>
      <div className="grid gap-1.5">
        <Label htmlFor="filter-name">Key or other name</Label>
        <Input
          id="filter-name"
          name="name"
          defaultValue={filter.name}
          placeholder="CI Deploy Key"
          maxLength={300}
          autoComplete="off"
        />
      </div>
      <div className="flex gap-2">
        <Button type="submit">Filter</Button>
        {isFiltered && (
          <Button asChild variant="ghost">
            <Link href={path}>Clear</Link>
          </Button>
        )}
      </div>
    </Form>
  );
}
