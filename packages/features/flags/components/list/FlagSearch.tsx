"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Input, Kbd } from "@calcom/ui";
import { SearchIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import type { FlagSummary } from "../../types";

interface FlagSearchProps {
  value: string;
  onChange: (value: string) => void;
  found: number;
  total: number;
}

/** `/` comes here from anywhere on the page. */
export function FlagSearch({ value, onChange, found, total }: FlagSearchProps) {
  const { t } = useLocale();
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const focusOnSlash = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", focusOnSlash);
    return () => document.removeEventListener("keydown", focusOnSlash);
  }, []);

  return (
    <search className="flex flex-wrap items-center gap-2">
      <div className="relative w-full sm:w-64">
        <SearchIcon className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground" />
        <Input
          ref={input}
          type="search"
          className="peer pl-8 [&::-webkit-search-cancel-button]:hidden"
          placeholder={t("flags_search")}
          aria-label={t("flags_search")}
          aria-keyshortcuts="/"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            if (value === "") event.currentTarget.blur();
            onChange("");
          }}
        />
        <Kbd className="pointer-events-none absolute top-1.5 right-2 hidden peer-placeholder-shown:block peer-focus:hidden pointer-coarse:hidden">
          /
        </Kbd>
      </div>
      <p aria-live="polite" className="ml-auto text-dense text-muted-foreground tabular-nums">
        {found === total ? t("flags_count", { count: total }) : t("flags_found", { found, count: total })}
      </p>
    </search>
  );
}

/** By slug, name or description; each word must occur somewhere. */
export function matches({ slug, description, experiment }: FlagSummary, search: string): boolean {
  const text = `${slug} ${experiment?.name ?? ""} ${description}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable], [role=dialog]") !== null
  );
}
