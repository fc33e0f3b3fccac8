import { Fragment } from "react";
import { cliRequirements } from "@/lib/access/scopes/profiles";
import { ScopeName } from "./scope-name";

export function CliRequirements() {
  return (
    <section aria-labelledby="cli" className="grid gap-3">
      <div className="grid gap-1">
        <h2 id="cli" className="scroll-mt-4 font-semibold">
          Command line
        </h2>
        <p className="text-ink-2">
          The <code className="font-mono text-sm">nango</code> CLI reads its key from{" "}
          <code className="font-mono text-sm">NANGO_SECRET_KEY_&lt;ENV&gt;</code>. A Full access key can run
          all commands. For a production pipeline, create a key that can only deploy.
        </p>
      </div>
      <dl className="grid gap-x-6 gap-y-2 rounded-card border bg-panel p-4 shadow-soft sm:grid-cols-[auto_minmax(0,1fr)]">
        {cliRequirements.map(({ command, scopes }) => (
          <Fragment key={command}>
            <dt>
              <code className="font-mono text-sm">{command}</code>
            </dt>
            <dd className="flex flex-wrap gap-x-3">
              {scopes.map((scope) => (
                <ScopeName key={scope} grant={scope} />
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
