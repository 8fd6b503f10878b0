"use client";

import { useLocale } from "@calcom/lib/i18n";
import { CopyButton, Section } from "@calcom/ui";
import type { ResultsView } from "../../results/types";
import { useFormat } from "../shared/useFormat";

/** What a conclusion rested on is kept, and can be computed again. */
export function ReceiptNote({ view: { slug, receipt } }: { view: ResultsView }) {
  const { t } = useLocale();
  const { moment } = useFormat();
  if (receipt === null) return null;
  const command = `npm run experiments -- verify ${slug}`;
  return (
    <Section
      title={t("results_receipt")}
      description={t("results_receipt_text", { moment: moment(new Date(receipt.concludedAt)) })}
    >
      <dl className="grid gap-2 text-dense">
        <div>
          <dt className="text-muted-foreground">{t("results_receipt_hash")}</dt>
          <dd className="wrap-anywhere font-mono text-xs">{receipt.hash}</dd>
        </div>
        <div>
          <dt className="text-muted-foreground">{t("results_receipt_verify")}</dt>
          <dd className="wrap-anywhere flex items-center gap-1 font-mono text-xs">
            {command}
            <CopyButton
              value={command}
              label={t("copy")}
              copiedLabel={t("copied")}
              failedLabel={t("could_not_copy")}
            />
          </dd>
        </div>
      </dl>
    </Section>
  );
}
