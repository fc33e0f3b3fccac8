import type { Environment } from "@/lib/access/environments/model";

/** Name and production flag of an environment, for members who are not admins. */
export function EnvironmentDetails({ environment }: { readonly environment: Environment }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-8 gap-y-2">
      <dt className="text-ink-2">Name</dt>
      <dd className="break-all">{environment.name}</dd>
      <dt className="text-ink-2">Production</dt>
      <dd>
        {environment.isProduction
          ? "Yes. Only admins can change or reveal its keys and variables."
          : "No. Admins and developers can change its keys and variables."}
      </dd>
    </dl>
  );
}
