import { DAY_MS } from "@calcom/lib/time";
import { countExposed } from "./grid";
import { type Cut, isBefore, type PopulationRow } from "./recount-rows";

/** How much there is to compare at one look, and how fast more of it comes. */
export interface Pace {
  /** UTC days on which units were exposed that are compared: neither pauses nor idle days are among them. */
  days: number;
  /**
   * Units that are compared, those that were erased since among them: a plan is reached once, in every metric. Absent in
   * results of before it was kept.
   */
  units?: number;
  /** Days on which units were exposed, whether or not they are compared yet; absent in results of before it was kept. */
  exposedDays?: number;
  /** Units exposed per day, breaks left out; null where nobody was exposed. */
  unitsPerDay: number | null;
  /** At an end: what could have been compared by then, since no window was open. Absent before it, and in older results. */
  reached?: { units: number; days: number };
  /** Nobody has been exposed for a week, though somebody had been. */
  isIdle: boolean;
}

/** So long a time without an exposure is a break, and says nothing of the pace. */
const BREAK_DAYS = 7;

interface Moment {
  control: string;
  /** Units exposed before this day are compared. */
  cut: Cut;
  /** Units exposed before this day had been exposed by then. */
  exposedCut: Cut;
  at: Date;
  /** At an end: units exposed before this day had waited for their windows by then. */
  maturedCut?: Cut;
}

export function measurePace(
  population: readonly PopulationRow[],
  { control, cut, exposedCut, at, maturedCut }: Moment,
): Pace {
  const exposed = population.filter(({ day }) => isBefore(day, exposedCut));
  const days = listDays(exposed);
  const units = exposed.reduce((total, { n }) => total + n, 0);
  const last = days.at(-1);
  const idleDays = last === undefined ? 0 : (at.getTime() - Date.parse(last)) / DAY_MS - 1;
  return {
    days: listDays(keepComparable(population, control, cut)).length,
    units: countExposed(population, cut),
    exposedDays: days.length,
    unitsPerDay: units === 0 ? null : units / countDaysWithoutBreaks(days, at),
    isIdle: idleDays >= BREAK_DAYS,
    ...(maturedCut === undefined ? {} : { reached: countReached(population, control, maturedCut) }),
  };
}

function countReached(
  population: readonly PopulationRow[],
  control: string,
  cut: Cut,
): { units: number; days: number } {
  const days = listDays(keepComparable(population, control, cut)).length;
  return { units: countExposed(population, cut), days };
}

/** Those of phases in which control and another variant were seen: the others are held against nothing. */
function keepComparable(population: readonly PopulationRow[], control: string, cut: Cut): PopulationRow[] {
  const counted = population.filter(({ day }) => isBefore(day, cut));
  const phasesOf = (isWanted: (variant: string) => boolean) =>
    new Set(counted.filter(({ variant }) => isWanted(variant)).map(({ epoch }) => epoch));
  const [withControl, withOther] = [
    phasesOf((variant) => variant === control),
    phasesOf((variant) => variant !== control),
  ];
  return counted.filter(({ epoch }) => withControl.has(epoch) && withOther.has(epoch));
}

function listDays(population: readonly PopulationRow[]): string[] {
  return [...new Set(population.flatMap(({ day }) => day ?? []))].sort();
}

/** From the first exposure to the moment; at least one. */
function countDaysWithoutBreaks(days: readonly string[], at: Date): number {
  const starts = days.map((day) => Date.parse(day) / DAY_MS);
  const ends = [...starts.slice(1), Math.ceil(at.getTime() / DAY_MS)];
  const lengths = starts.map((start, i) => {
    const length = (ends[i] ?? start) - start;
    return length > BREAK_DAYS ? 1 : length;
  });
  return Math.max(
    1,
    lengths.reduce((total, length) => total + length, 0),
  );
}
