"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, cn } from "@calcom/ui";
import { ListFilterIcon } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

interface FilterFoldProps {
  /** How many of the filters are set. */
  set: number;
  /** The filters: each a child of its own. */
  children: ReactNode;
}

/**
 * The filters of a list. On a phone they are folded behind a button that says how many are set, until one is; wider,
 * they stand in the row as they are.
 */
export function FilterFold({ set, children }: FilterFoldProps) {
  const { t } = useLocale();
  const id = useId();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isOpen = chosen ?? set > 0;
  return (
    <>
      <Button
        variant="outline"
        className="sm:hidden"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setChosen(!isOpen)}
      >
        <ListFilterIcon />
        {set === 0 ? t("filters") : t("filters_set", { count: set })}
      </Button>
      <div
        id={id}
        data-slot="filters"
        className={cn(
          "contents max-sm:grid max-sm:min-w-0 max-sm:basis-full max-sm:gap-2 max-sm:*:w-full",
          !isOpen && "max-sm:hidden",
        )}
      >
        {children}
      </div>
    </>
  );
}
