import { profiles } from "@/lib/access/scopes/profiles";
import { ScopeName } from "./scope-name";

export function ProfileCards() {
  return (
    <section aria-labelledby="profiles" className="grid gap-3">
      <h2 id="profiles" className="scroll-mt-4 font-semibold">
        Profiles
      </h2>
      <ul className="grid gap-3 sm:grid-cols-2">
        {profiles.map(({ slug, name, purpose, grants }) => (
          <li key={slug} className="grid content-start gap-2 rounded-card border bg-panel p-4 shadow-soft">
            <h3 className="font-medium">{name}</h3>
            <p className="text-ink-2 text-sm">{purpose}</p>
            <ul className="grid gap-0.5">
              {grants.map((grant) => (
                <li key={grant}>
                  <ScopeName grant={grant} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
