import Form from "next/form";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select } from "@/components/ui/select";
import type { ConnectionListQuery } from "@/lib/upstream/connections/view";
import type { IntegrationView } from "@/lib/upstream/integrations/view";

type Props = {
  readonly path: string;
  readonly view: ConnectionListQuery;
  readonly integrations: readonly Pick<IntegrationView, "uniqueKey" | "displayName">[];
};

/**
 * Search and filter of connections. The values are stored in the URL. The inputs are reset when the URL
 * changes.
 */
export function ConnectionFilter({ path, view, integrations }: Props) {
  const { before: _, ...filter } = view;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Form
      action={path}
      key={JSON.stringify(filter)}
      role="search"
      aria-label="Search connections"
      className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,2fr)_minmax(0,1.2fr)_minmax(0,1fr)_auto]"
    >
      {view.tag !== undefined && <input type="hidden" name="tag" value={view.tag} />}
      <div className="grid gap-1.5">
        <Label htmlFor="connection-search">Search</Label>
        <Input
          id="connection-search"
          name="q"
          type="search"
          defaultValue={view.q}
          placeholder="Connection ID, end user or email"
          maxLength={255}
          autoComplete="off"
        />
      </div>
      <div className="grid gap-1.5">
        <Label htmlFor="connection-integration">Integration</Label>
        <Select id="connection-integration" name="integration" defaultValue={view.integration ?? ""}>
          <option value="">All integrations</option>
          {integrations.map(({ uniqueKey, displayName }) => (
            <option key={uniqueKey} value={uniqueKey}>
              {displayName === null ? uniqueKey : `${displayName} (${uniqueKey})`}
            </option>
          ))}
        </Select>
      </div>
      <div className="grid gap-1.5">
        <Label htmlFor="connection-state">State</Label>
        <Select id="connection-state" name="state" defaultValue={view.state ?? ""}>
          <option value="">Any</option>
          <option value="failing">Refresh failing</option>
        </Select>
      </div>
      <div className="flex gap-2">
        <Button type="submit">Search</Button>
        {isFiltered && (
          <Button asChild variant="ghost">
            <Link href={path}>Clear</Link>
          </Button>
        )}
      </div>
    </Form>
  );
}
