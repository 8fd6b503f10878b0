"use client";

import { useLocale } from "@calcom/lib/i18n";
import Link from "next/link";
import type { PersonKey } from "../../types/people";
import type { Settled } from "../form/targeting/use-settled";
import type { Suggestion } from "./useSuggestions";

interface SuggestionsProps {
  found: Settled<Suggestion[]>;
  /** Whether the field says already that nobody was found. */
  isTold: boolean;
  hrefOf: (person: PersonKey) => string;
}

export function Suggestions({ found, isTold, hrefOf }: SuggestionsProps) {
  const { t } = useLocale();
  const offered = found.status === "done" ? found.value : [];
  return (
    <>
      <p role="status" className="text-dense text-muted-foreground empty:hidden">
        {found.status === "waiting" && t("person_lookup_searching")}
        {found.status === "failed" && found.message}
        {found.status === "done" && found.value.length === 0 && !isTold && t("person_lookup_none")}
      </p>
      {offered.length > 0 && (
        <ul aria-label={t("person_lookup_found")} className="grid gap-px rounded-md border p-1">
          {offered.map(({ key, name, detail }) => (
            <li key={`${key.unit} ${key.id}`}>
              <Link
                href={hrefOf(key)}
                prefetch={false}
                className="flex min-h-8 flex-wrap items-center gap-x-2 rounded-sm px-2 py-1 text-dense hover:bg-muted pointer-coarse:min-h-11"
              >
                <span className="wrap-anywhere">{name}</span>
                <span className="wrap-anywhere text-muted-foreground text-xs">{detail}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
