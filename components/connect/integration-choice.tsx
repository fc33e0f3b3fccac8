import { ChevronRightIcon } from "lucide-react";
import Image from "next/image";
import Link from "next/link";
import type { ConnectOption } from "@/lib/connect/sessions/connect-view";

type Props = { readonly token: string; readonly options: readonly ConnectOption[] };

/** Links to the integrations that the connect session allows. */
export function IntegrationChoice({ token, options }: Props) {
  return (
    <ul className="grid gap-2">
      {options.map(({ key, name, logo }) => (
        <li key={key}>
          <Link
            href={{ query: { session_token: token, integration: key } }}
            prefetch={false}
            className="flex items-center gap-3 rounded-control border px-3 py-2.5 font-medium transition-colors hover:bg-raised"
          >
            <Image src={logo} alt="" width={24} height={24} unoptimized />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <ChevronRightIcon className="size-4 text-ink-3" aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}
