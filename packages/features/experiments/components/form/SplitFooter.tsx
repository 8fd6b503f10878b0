"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useFormat } from "../shared/useFormat";
import type { VariantRow } from "./form-values";
import { SplitSlider } from "./SplitSlider";
import { clampShare, sumOfShares, toNumber } from "./shares";

interface SplitFooterProps {
  rows: VariantRow[];
  places: number[];
  disabled: boolean;
  onShare: (index: number, share: number) => void;
}

/** The split as it stands, to be dragged where it adds up; while it is typed: how much is given away, how much is missing or too much. */
export function SplitFooter({ rows, places, disabled, onShare }: SplitFooterProps) {
  const { t } = useLocale();
  const { percentage } = useFormat();
  const shares = rows.map((row) => toNumber(row.percentage));
  const sum = sumOfShares(shares.map((share) => (Number.isNaN(share) ? 0 : share)));
  const names = rows.map(({ name }) => name);
  const bar = rows
    .map(({ name }, index) => ({
      index,
      // Until it has a name of its own.
      name:
        name === "" || names.indexOf(name) < index
          ? t("experiment_variant_number", { number: index + 1 })
          : name,
      percentage: clampShare(shares[index]),
      place: places[index] ?? 0,
    }))
    .sort((a, b) => a.place - b.place);
  const missing = Math.round((100 - sum) * 100) / 100;
  return (
    <div className="grid gap-1.5">
      <SplitSlider
        variants={bar}
        disabled={disabled || missing !== 0 || shares.some((share) => clampShare(share) !== share)}
        onChange={(moved) =>
          bar.forEach(({ index, percentage: before }, place) => {
            const share = moved[place];
            if (share !== undefined && share !== before) onShare(index, share);
          })
        }
      />
      <p className="text-dense text-muted-foreground tabular-nums" aria-live="polite">
        {missing === 0 && t("experiment_split_complete")}
        {missing > 0 && t("experiment_split_missing", { sum: percentage(sum), rest: percentage(missing) })}
        {missing < 0 && t("experiment_split_excess", { sum: percentage(sum), rest: percentage(-missing) })}
      </p>
    </div>
  );
}
