"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Badge, cn, VariantSwatch } from "@calcom/ui";
import Link from "next/link";
import type { PersonEntry } from "../../types/people";
import { shortId } from "../../utils/mask";
import { ExperimentStatus } from "../ExperimentStatus";
import { FlagStatus } from "../FlagStatus";
import { useFormat } from "../shared/useFormat";
import { EntryFacts } from "./EntryFacts";
import { EntryHistory } from "./EntryHistory";
import { answerSentence, isKillSwitch, isOn, ruleSentence } from "./rule-words";

interface PersonEntryItemProps {
  entry: PersonEntry;
  /** Null where the reader may not open it. */
  href: string | null;
  /** A visitor's own page need not say which browser it is about. */
  isOwnPage: boolean;
  /** The rule is said once for all around it. */
  isRuleSaid?: boolean;
}

/** What somebody sees of one experiment or flag, the rule that decided it, and what was recorded. */
export function PersonEntryItem({ entry, href, isOwnPage, isRuleSaid = false }: PersonEntryItemProps) {
  const { t } = useLocale();
  const format = useFormat();
  const { slug, name, kind, status, isTurnedOff, subject } = entry;
  // A flag has no name but that of code, which looks the same on every page.
  const nameClasses = cn("wrap-anywhere font-medium", kind === "flag" && name === slug && "font-mono");
  return (
    <li className="grid gap-x-6 gap-y-1.5 border-b py-3 text-dense md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2">
          {href === null ? (
            <span className={nameClasses}>{name}</span>
          ) : (
            <Link
              href={href}
              prefetch={false}
              className={cn(nameClasses, "underline-offset-2 hover:underline")}
            >
              {name}
            </Link>
          )}
          {kind === "flag" ? (
            <Badge variant="muted">{t(isKillSwitch(entry) ? "person_kill_switch" : "person_flag")}</Badge>
          ) : (
            <ExperimentStatus status={status} isTurnedOff={isTurnedOff} />
          )}
        </p>
        {name !== slug && <p className="wrap-anywhere font-mono text-muted-foreground text-xs">{slug}</p>}
        {subject.name !== null && (
          <p className="wrap-anywhere text-muted-foreground text-xs">
            {t("person_as_team", { team: subject.name })}
          </p>
        )}
        {subject.unit === "visitor" && subject.id !== null && !isOwnPage && (
          <p className="text-muted-foreground text-xs">
            {t("person_in_browser", { id: shortId(subject.id) })}
          </p>
        )}
      </div>
      <div className="grid min-w-0 content-start gap-1">
        <Answer entry={entry} />
        {!isRuleSaid && (
          <p className="wrap-anywhere text-muted-foreground">{ruleSentence(entry.rule, { t, format })}</p>
        )}
        <EntryHistory entry={entry} />
        <EntryFacts facts={entry.facts} />
      </div>
    </li>
  );
}

function Answer({ entry }: { entry: PersonEntry }) {
  const { t } = useLocale();
  const said = answerSentence(entry, t);
  if (entry.kind === "flag") {
    return (
      <p>
        <FlagStatus isOn={isOn(entry)} isKillSwitch={isKillSwitch(entry)} className="font-medium">
          {said}
        </FlagStatus>
      </p>
    );
  }
  return (
    <p className="flex items-baseline gap-2 font-medium">
      <Swatch entry={entry} />
      <span className="wrap-anywhere">{said}</span>
    </p>
  );
}

/** In the colour that the variant has everywhere: control first, then as configured. */
function Swatch({ entry: { decision, variants, control, isVariantKnown } }: { entry: PersonEntry }) {
  if (decision.variant === null || !isVariantKnown) return null;
  const place = [control, ...variants.filter((variant) => variant !== control)].indexOf(decision.variant);
  return <VariantSwatch index={Math.max(place, 0)} />;
}
