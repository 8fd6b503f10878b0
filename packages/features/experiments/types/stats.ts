/** How many subjects did what. */
export interface SubjectStats<Conversions = number> {
  assigned: number;
  exposed: number;
  /** Exposed subjects with a conversion of any event that counts. */
  converted: Conversions;
  /** The same by event. */
  events: { event: string; converted: Conversions }[];
}

/** Conversions are null while they are withheld. */
export interface VariantStats extends SubjectStats<number | null> {
  variant: string;
}

/** Until when conversions are not told by variant. */
export type WithheldUntil =
  | { code: "planned_end" | "enough_data"; unitsToGo: number; daysToGo: number | null }
  /** Nothing was computed yet. */
  | { code: "first_result" }
  /** No comparison is to come that they could wait for. */
  | { code: "end" }
  /** Of some events alone, until the metrics that count them are compared. */
  | { code: "metrics"; events: string[] };

export interface ExperimentStats {
  variants: VariantStats[];
  /** Over all variants; never withheld. */
  total: SubjectStats;
  /** Null where all is told. */
  withheldUntil: WithheldUntil | null;
  /** Rows that a flag brought along; they are shown, and never compared. */
  imported: number;
  /** People who saw another variant in another browser; they count for the one they saw first. */
  mixed: number;
  /** When the background counted them; null where they are few, and were counted just now. */
  countedAt: Date | null;
}
