"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Fragment } from "react";

export interface MissingAnswer {
  label: string;
  /** Leads to its field. */
  onGo: () => void;
}

/** What a form still needs, beside the button that it describes: a button that does nothing yet says why. */
export function StillMissing({ id, missing }: { id: string; missing: readonly MissingAnswer[] }) {
  const { t } = useLocale();
  if (missing.length === 0) return null;
  return (
    <p
      id={id}
      className="flex min-w-0 flex-wrap gap-x-1.5 text-muted-foreground text-xs max-sm:order-last sm:basis-full sm:justify-end"
    >
      <span>{t("still_missing")}</span>{" "}
      {missing.map(({ label, onGo }, place) => (
        <Fragment key={label}>
          {/* What separates them stays with what it follows, also where the line breaks. */}
          <span>
            <button
              type="button"
              onClick={onGo}
              className="rounded-sm text-start text-foreground underline underline-offset-4"
            >
              {label}
            </button>
            {place < missing.length - 1 && ","}
          </span>
          {place < missing.length - 1 && " "}
        </Fragment>
      ))}
    </p>
  );
}
