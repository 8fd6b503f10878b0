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
      className="min-w-0 text-pretty text-muted-foreground text-xs max-sm:order-last sm:me-auto sm:self-center"
    >
      {t("still_missing")}{" "}
      {missing.map(({ label, onGo }, place) => (
        <Fragment key={label}>
          {place > 0 && ", "}
          <button
            type="button"
            onClick={onGo}
            className="rounded-sm text-start text-foreground underline underline-offset-4"
          >
            {label}
          </button>
        </Fragment>
      ))}
    </p>
  );
}
