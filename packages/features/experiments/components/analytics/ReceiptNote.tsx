"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Section } from "@calcom/ui";
import type { ResultsView } from "../../results/types";
import type { Unit } from "../../types/settings";
import { CommandLine } from "../shared/CommandLine";
import { verifyCommand } from "../shared/terminal";
import { useFigures } from "./charts/useFigures";
import { planText, reachedText, receiptPopulationText } from "./end-words";

/** What a conclusion rested on is kept, and can be computed again. */
export function ReceiptNote({ view: { slug, receipt }, unit }: { view: ResultsView; unit: Unit }) {
  const { t } = useLocale();
  const figures = useFigures();
  if (receipt === null) return null;
  const words = { t, figures, unit };
  const { plan, endedShort } = receipt;
  const population = receiptPopulationText(receipt, words);
  return (
    <Section
      title={t("results_receipt")}
      description={t("results_receipt_text", { moment: figures.moment(new Date(receipt.concludedAt)) })}
    >
      <dl className="grid gap-2 text-dense">
        {plan && (
          <div>
            <dt className="text-muted-foreground">{t("results_receipt_plan")}</dt>
            <dd className="text-pretty">
              {planText(plan, words)}{" "}
              {endedShort && t("results_ended_short", { reached: reachedText(endedShort, words) })}
            </dd>
          </div>
        )}
        {population !== null && (
          <div>
            <dt className="text-muted-foreground">{t("results_receipt_population")}</dt>
            <dd className="tabular-nums">{population}</dd>
          </div>
        )}
        <div>
          <dt className="text-muted-foreground">{t("results_receipt_hash")}</dt>
          <dd className="wrap-anywhere font-mono text-xs">{receipt.hash}</dd>
        </div>
        <div>
          <dt className="text-muted-foreground">{t("results_receipt_verify")}</dt>
          <dd className="pt-1">
            <CommandLine command={verifyCommand(slug)} label={t("results_receipt_verify")} />
          </dd>
        </div>
      </dl>
    </Section>
  );
}
