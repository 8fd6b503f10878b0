"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { Status } from "../../types/settings";
import { FormSummary } from "./FormSummary";

/** Beside the form, where there is room: stays in view. */
export function SummaryAside({ status }: { status: Status }) {
  const { t } = useLocale();
  return (
    <aside
      aria-labelledby="form-summary"
      // Until the page lives, nobody knows that there is no room.
      className="sticky top-6 grid gap-4 rounded-lg border p-4 max-lg:hidden"
    >
      <h2 id="form-summary" className="font-semibold text-sm">
        {t("summary")}
      </h2>
      <FormSummary status={status} />
    </aside>
  );
}
