"use client";

import { ExperimentReport } from "@calcom/features/experiments/components/ExperimentReport";
import type { ReportFacts } from "@calcom/features/experiments/report";
import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";

/** A report for somebody without an account: to read and to print. */
export function SharedReport({ facts }: { facts: ReportFacts }) {
  const { t } = useLocale();
  return (
    <div className="grid gap-8 *:min-w-0">
      <ExperimentReport
        facts={facts}
        actions={
          <Button type="button" variant="outline" onClick={() => window.print()}>
            {t("report_print")}
          </Button>
        }
      />
      <p className="mx-auto w-full max-w-5xl text-muted-foreground text-xs">{t("report_shared_note")}</p>
    </div>
  );
}
