"use client";

import { SearchIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import { Input } from "@/components/ui/input";

type SearchBoxProps = { readonly query: string; readonly onSearch: (query: string) => void };

/**
 * Searches the list. The query is stored in the URL. The input takes over a query from the URL only while it
 * does not have the focus, so that typing does not wait for the URL.
 */
export function SearchBox({ query, onSearch }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const element = input.current;
    if (element !== null && element !== document.activeElement) element.value = query;
  }, [query]);
  return (
    <div className="relative w-full sm:w-72">
      <SearchIcon
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-3"
      />
      <Input
        ref={input}
        type="search"
        aria-label="Search keys"
        placeholder="Name, scope or last four"
        defaultValue={query}
        maxLength={255}
        onChange={(event) => onSearch(event.currentTarget.value)}
        className="pl-9"
      />
    </div>
  );
}
