import { useLocale } from "@calcom/lib/i18n";
import { Button, cn, VariantSwatch } from "@calcom/ui";
import { RotateCcwIcon } from "lucide-react";
import Link from "next/link";
import type { Reason } from "../../types/answers";
import { reasonKeys } from "../shared/words";

export type ExposureState = "sent" | "waiting" | "not_counted" | "not_shown";

export interface DevtoolsExperiment {
  slug: string;
  variant: string | null;
  reason: Reason;
  /** Such as `user:12`. */
  subject: string | null;
  exposure: ExposureState;
  /** The variants that can be previewed, control first; empty for an unknown experiment. */
  variants: string[];
}

export interface DevtoolsEntryProps {
  experiment: DevtoolsExperiment;
  onChoose: (variant: string | null) => void;
  isPending: boolean;
  /** The page that explains why the person sees this variant. */
  hrefOf?: ((subject: string, slug: string) => string) | undefined;
}

export function DevtoolsEntry({ experiment, onChoose, isPending, hrefOf }: DevtoolsEntryProps) {
  const { t } = useLocale();
  const { slug, variant, reason, subject, exposure, variants } = experiment;
  const isPreviewed = reason === "override";
  return (
    <li className="grid gap-2 px-3 py-2.5">
      <div className="grid gap-0.5">
        <p className="wrap-anywhere font-medium font-mono text-xs">{slug}</p>
        <p className="text-dense">
          <span className="font-medium">{variant ?? t("devtools_no_variant")}</span>
          <span className="text-muted-foreground">: {t(reasonKeys[reason])}</span>
        </p>
        <p className="wrap-anywhere text-muted-foreground text-xs">
          {subject !== null && hrefOf ? (
            <Link
              href={hrefOf(subject, slug)}
              prefetch={false}
              title={t("person_lookup")}
              className="font-mono underline underline-offset-2"
            >
              {subject}
            </Link>
          ) : (
            <span className="font-mono">{subject ?? t("devtools_nobody")}</span>
          )}{" "}
          · {t(exposureKeys[exposure])}
        </p>
      </div>
      {variants.length > 0 && (
        <fieldset aria-label={t("devtools_variants_of", { slug })} className="flex min-w-0 flex-wrap gap-1.5">
          {variants.map((name, place) => (
            <Button
              key={name}
              size="sm"
              variant="outline"
              aria-pressed={isPreviewed && name === variant}
              aria-disabled={isPending}
              onClick={() => !isPending && onChoose(name)}
              className={cn(
                "max-w-full font-mono text-xs",
                isPreviewed && name === variant && "border-ring bg-accent",
              )}
            >
              <VariantSwatch index={place} />
              <span className="truncate">{name}</span>
            </Button>
          ))}
          {isPreviewed && (
            <Button
              size="sm"
              variant="ghost"
              aria-disabled={isPending}
              onClick={() => !isPending && onChoose(null)}
            >
              <RotateCcwIcon />
              {t("devtools_back")}
            </Button>
          )}
        </fieldset>
      )}
    </li>
  );
}

const exposureKeys: Record<ExposureState, string> = {
  sent: "devtools_exposure_sent",
  waiting: "devtools_exposure_waiting",
  not_counted: "devtools_exposure_not_counted",
  not_shown: "devtools_exposure_not_shown",
};
