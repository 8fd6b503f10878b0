"use client";

import { useLocale } from "@calcom/lib/i18n";
import { SplitBar, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@calcom/ui";
import type { Epoch } from "../../types/admin";
import type { Variant } from "../../types/settings";
import { joined } from "../shared/joined";
import { useFormat } from "../shared/useFormat";
import { controlFirst } from "../shared/variant-order";

interface EpochTableProps {
  epochs: Epoch[];
  variants: Variant[];
  control: string;
}

/** More names than these would be a paragraph: those of the variants above are for them. */
const MOST_NAMED = 4;

/** The spans during which split and traffic stood still, the newest first. */
export function EpochTable({ epochs, variants, control }: EpochTableProps) {
  const { t } = useLocale();
  const { moment, percentage } = useFormat();
  const order = controlFirst(variants, control).map(({ name }) => name);
  return (
    <Table scrollLabel={t("experiment_epochs")} className="max-sm:block">
      <TableHeader className="max-sm:sr-only">
        <TableRow>
          <TableHead className="ps-0">{t("experiment_epoch")}</TableHead>
          <TableHead>{t("experiment_from")}</TableHead>
          <TableHead>{t("experiment_until")}</TableHead>
          <TableHead numeric>{t("experiment_traffic")}</TableHead>
          <TableHead className="w-[40%] pe-0">{t("experiment_split")}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody className="max-sm:block max-sm:border-t">
        {epochs
          .toSorted((a, b) => b.number - a.number)
          .map((epoch) => (
            <TableRow
              key={epoch.number}
              className="[&>td]:align-top max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-1 max-sm:py-3 max-sm:*:p-0"
            >
              <TableCell className="ps-0">
                <SmallLabel>{t("experiment_epoch")}</SmallLabel>
                {epoch.number}
              </TableCell>
              <TableCell className="sm:whitespace-nowrap max-sm:row-start-2">
                <SmallLabel>{t("experiment_from")}</SmallLabel>
                {moment(epoch.startedAt)}
              </TableCell>
              <TableCell className="sm:whitespace-nowrap max-sm:row-start-2">
                <SmallLabel>{t("experiment_until")}</SmallLabel>
                {epoch.endedAt === null ? t("experiment_now") : moment(epoch.endedAt)}
              </TableCell>
              <TableCell numeric className="max-sm:col-start-2 max-sm:row-start-1 max-sm:text-left">
                <SmallLabel>{t("experiment_traffic")}</SmallLabel>
                {percentage(epoch.trafficPercentage)}
              </TableCell>
              <TableCell className="pe-0 max-sm:col-span-2 max-sm:row-start-3">
                <Weights weights={epoch.weights} order={order} />
              </TableCell>
            </TableRow>
          ))}
      </TableBody>
    </Table>
  );
}

/** What a column's head says where a phone shows none. */
function SmallLabel({ children }: { children: string }) {
  return <span className="me-1.5 text-muted-foreground text-xs sm:hidden">{children}</span>;
}

function Weights({ weights, order }: { weights: Record<string, number>; order: string[] }) {
  const { t } = useLocale();
  const { percentage } = useFormat();
  // Variants that came later keep their place, so that each colour stays with its variant.
  const shares = order.map((name) => ({ name, percentage: weights[name] ?? 0 }));
  const present = shares.filter(({ name }) => Object.hasOwn(weights, name));
  return (
    <div className="grid min-w-32 gap-1">
      <SplitBar label={t("experiment_split")} variants={shares} formatPercentage={percentage} />
      <p className="text-muted-foreground text-xs">
        {present.length > MOST_NAMED
          ? t("experiment_epoch_colors")
          : joined(present.map(({ name, percentage: share }) => `${name}\u00a0${percentage(share)}`))}
      </p>
    </div>
  );
}
