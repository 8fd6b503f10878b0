"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { MetricResult } from "@calcom/statistics";
import {
  cn,
  Disclosure,
  Hint,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  VariantSwatch,
} from "@calcom/ui";
import type { MetricInfo } from "../../results/types";
import {
  PHONE_BODY,
  PHONE_CELL,
  PHONE_HEAD,
  PHONE_ROW,
  PHONE_TABLE,
  PHONE_TITLE,
  PhoneLabel,
} from "../shared/phone-table";
import type { ChartVariant } from "./charts/ordered-variants";
import { useFigures } from "./charts/useFigures";
import { markedName } from "./words";

interface ChancesTableProps {
  metric: MetricResult;
  info: MetricInfo;
  variants: readonly ChartVariant[];
}

/** What the verdict rests on, and what only describes: p-values, chances and expected losses. */
export function ChancesTable({ metric, info, variants }: ChancesTableProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const rows = variants.flatMap((variant) => {
    const comparison = metric.comparisons.find((one) => one.variant === variant.name);
    return comparison?.status === "compared" ? [{ ...variant, comparison }] : [];
  });
  if (rows.length === 0) return null;
  const isSequential = metric.mode === "sequential";
  const adjusted = { primary: "results_holm_hint", secondary: "results_bh_hint", guardrail: "" }[info.role];
  const labels = {
    p: <Hint text={t(isSequential ? "results_p_always_valid" : "results_p_fixed")}>p</Hint>,
    adjusted: adjusted !== "" && <Hint text={t(adjusted)}>{t("results_p_adjusted")}</Hint>,
    chance: <Hint text={t("results_chance_hint")}>{t("results_chance_to_beat")}</Hint>,
    loss: <Hint text={t("results_loss_hint")}>{t("results_expected_loss")}</Hint>,
  };
  return (
    <Disclosure
      className="text-dense"
      summary={
        <>
          {t("results_chances")}
          <span className="sr-only">: {markedName(info, t)}</span>
        </>
      }
    >
      <Table scrollLabel={`${t("results_chances")}: ${markedName(info, t)}`} className={PHONE_TABLE}>
        <TableHeader className={PHONE_HEAD}>
          <TableRow>
            <TableHead className="pl-0">{t("experiment_variant")}</TableHead>
            <TableHead numeric>{labels.p}</TableHead>
            {adjusted !== "" && <TableHead numeric>{labels.adjusted}</TableHead>}
            <TableHead numeric>{labels.chance}</TableHead>
            <TableHead numeric className="pr-0">
              {labels.loss}
            </TableHead>
          </TableRow>
        </TableHeader>
        <TableBody className={PHONE_BODY}>
          {rows.map(({ name, place, comparison: { p, pAdjusted, chance } }) => (
            <TableRow key={name} className={PHONE_ROW}>
              <TableCell className={cn("pl-0", PHONE_TITLE)}>
                <span className="flex items-center gap-2">
                  <VariantSwatch index={place} />
                  <span className="wrap-anywhere min-w-20 font-mono">{name}</span>
                </span>
              </TableCell>
              <TableCell numeric className={PHONE_CELL}>
                <PhoneLabel>{labels.p}</PhoneLabel>
                {figures.p(p)}
              </TableCell>
              {adjusted !== "" && (
                <TableCell numeric className={PHONE_CELL}>
                  <PhoneLabel>{labels.adjusted}</PhoneLabel>
                  {figures.p(pAdjusted)}
                </TableCell>
              )}
              <TableCell numeric className={PHONE_CELL}>
                <PhoneLabel>{labels.chance}</PhoneLabel>
                {chance === null || chance.toBeatControl === null ? (
                  <Unsaid isKnown={chance !== null} />
                ) : (
                  figures.chance(chance.toBeatControl)
                )}
              </TableCell>
              <TableCell numeric className={cn("pr-0", PHONE_CELL)}>
                <PhoneLabel>{labels.loss}</PhoneLabel>
                {chance === null ? <Unsaid isKnown={false} /> : figures.loss(chance.lossOfVariant, info)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <p className="max-w-prose text-pretty text-muted-foreground text-xs">
        {t("results_chances_remark")}
        {rows.some(({ comparison: { chance } }) => chance?.toBeatControl === null) &&
          ` ${t("results_chance_not_said")}`}
      </p>
    </Disclosure>
  );
}

/** Stands where there is no figure, with the reason in a tooltip. */
function Unsaid({ isKnown }: { isKnown: boolean }) {
  const { t } = useLocale();
  return (
    <Hint text={t(isKnown ? "results_chance_not_said" : "results_chance_unknown")}>
      <span className="text-muted-foreground">{t(isKnown ? "results_not_yet" : "results_not_known")}</span>
    </Hint>
  );
}
