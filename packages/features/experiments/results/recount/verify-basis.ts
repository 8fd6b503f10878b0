import type { Receipt } from "../types";
import { plural } from "./plural";

/** What a result rests on, in sentences. Of older receipts, what they hold. */
export function describeBasis({ result, plan, concludedAt }: Receipt): string[] {
  const { settings, plannedSubjects, population, look, analysis, unit } = result;
  const { subjects, days } = plan ?? { subjects: plannedSubjects, days: settings.minimumRuntimeDays };
  const short = analysis?.endedShort ?? null;
  const reached = [
    ...(short !== null && short.units < short.plannedUnits
      ? [`${short.units} of ${short.plannedUnits} planned ${unit}s`]
      : []),
    ...(short !== null && short.days < short.plannedDays
      ? [`${short.days} of ${short.plannedDays} planned days`]
      : []),
  ];
  const open =
    population !== undefined && population.open > 0
      ? `, ${population.open} of them with a window still open`
      : "";
  return [
    `Planned: ${plural(subjects, unit, `${unit}s`)} and at least ${plural(days, "day", "days")}.`,
    ...(short === null
      ? []
      : [`Ended after ${reached.join(" and ")}: read with an interval that is valid whenever it ended.`]),
    ...(population === undefined || look === null
      ? []
      : [
          look === concludedAt
            ? `Compared: all ${plural(population.subjects, unit, `${unit}s`)} exposed by the end${open}.`
            : `Compared: ${plural(population.subjects, unit, `${unit}s`)} who came until the planned end.`,
        ]),
  ];
}
