import type { Translate } from "@calcom/lib/i18n";
import { bandOpacity, cn, Hint, VariantSwatch } from "@calcom/ui";
import { CutName } from "./CutName";
import type { Mark } from "./marks";
import type { ChartVariant } from "./ordered-variants";

/** What else a chart draws: a dashed line, a band in the colour of a variant, a change, the start of an epoch. */
export interface LegendSign {
  kind: "dashed" | "band" | "change" | "epoch";
  text: string;
  color?: string;
  /** The explanation in its tooltip. */
  hint?: string;
}

export function changeSigns(marks: readonly Mark[], starts: readonly number[], t: Translate): LegendSign[] {
  const { length } = marks;
  return [
    ...(length === 0 ? [] : [{ kind: "change" as const, text: t("chart_changes_sign", { count: length }) }]),
    ...(starts.length === 0 ? [] : [{ kind: "epoch" as const, text: t("chart_epoch_start") }]),
  ];
}

interface LegendProps {
  variants: readonly ChartVariant[];
  signs: readonly LegendSign[];
}

/** More than these stand in columns, each in one line: whole, long names would take more room than the chart. */
const MOST_WHOLE = 4;

export function Legend({ variants, signs }: LegendProps) {
  const isLong = variants.length > MOST_WHOLE;
  return (
    <ul
      data-slot="chart-legend"
      className={cn(
        "gap-x-4 gap-y-1 text-dense text-muted-foreground",
        isLong ? "grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))]" : "flex flex-wrap",
      )}
    >
      {variants.map(({ name, place }) => (
        <li key={name} className="flex min-w-0 items-center gap-1.5">
          <VariantSwatch index={place} />
          {isLong ? (
            <CutName name={name} className="font-mono" />
          ) : (
            <span className="wrap-anywhere min-w-0 font-mono">{name}</span>
          )}
        </li>
      ))}
      {signs.map(({ kind, text, color, hint }) => (
        <li key={kind} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className={signClasses[kind]}
            style={
              color === undefined
                ? {}
                : {
                    borderColor: color,
                    backgroundColor: `color-mix(in oklch, ${color} ${100 * bandOpacity}%, transparent)`,
                  }
            }
          />
          {hint === undefined ? text : <Hint text={hint}>{text}</Hint>}
        </li>
      ))}
    </ul>
  );
}

const signClasses: Record<LegendSign["kind"], string> = {
  dashed: "w-4 shrink-0 border-muted-foreground border-t border-dashed",
  band: "h-2.5 w-4 shrink-0 border-y",
  change: "h-3.5 shrink-0 border-foreground border-l",
  epoch: "h-3.5 shrink-0 border-foreground border-l border-dotted",
};
