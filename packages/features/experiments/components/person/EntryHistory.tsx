"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { PersonConversion, PersonEntry } from "../../types/people";
import { useFormat } from "../shared/useFormat";

/** Since when it is so, and what was recorded; nothing of that where there is no row. */
export function EntryHistory({ entry }: { entry: PersonEntry }) {
  const { t } = useLocale();
  const { moment } = useFormat();
  const { assigned, since, conversions, isWithheld, decision } = entry;
  if (assigned === null)
    return since && <p className="text-muted-foreground">{t("person_since", { moment: moment(since) })}</p>;
  const { variant, at, exposedAt } = assigned;
  return (
    <>
      <ul className="grid text-muted-foreground">
        <li>
          {decision.variant === variant
            ? t("person_assigned_on", { moment: moment(at) })
            : t("person_assigned_other_on", { variant, moment: moment(at) })}
        </li>
        <li>
          {exposedAt === null
            ? t("person_not_exposed")
            : t("person_exposed_on", { moment: moment(exposedAt) })}
        </li>
        {conversions.map((conversion) => (
          <Conversion key={conversion.event} conversion={conversion} />
        ))}
        {conversions.length === 0 && !isWithheld && <li>{t("person_no_conversions")}</li>}
      </ul>
      {isWithheld && <p className="text-pretty text-muted-foreground">{t("person_withheld")}</p>}
    </>
  );
}

function Conversion({ conversion: { event, times, last } }: { conversion: PersonConversion }) {
  const { t } = useLocale();
  const { count, moment } = useFormat();
  return (
    <li className="wrap-anywhere">
      {t("person_converted", { count: times, formatted: count(times), event, moment: moment(last) })}
    </li>
  );
}
