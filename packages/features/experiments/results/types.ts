import type {
  Analysis,
  EndedShort,
  EpochData,
  EpochUnits,
  Interval,
  LookState,
  MetricRole,
  SegmentResult,
} from "@calcom/statistics";
import type { Metric } from "../metrics/define-metric";
import type { UnmeasuredMetric } from "../metrics/planned";
import type { AnalysisSettings } from "../types/analysis";
import type { ConclusionReason } from "../types/conclusion";
import type { RegisteredMetric } from "../types/metrics";
import type { Status, Unit } from "../types/settings";
import type { ExperimentStats } from "../types/stats";
import type {
  EffectPoint,
  ExposureDay,
  LeftOut,
  MetricDays,
  NoveltyDay,
  Population,
  Segment,
} from "./described-types";
import type { DigestRow } from "./digest-row";
import type { Pace } from "./pace";
import type { Cut, Recount, SmallSegments } from "./recount-rows";

export type * from "./described-types";

export interface MetricInfo {
  key: string;
  name: string;
  role: MetricRole;
  kind: Metric["kind"];
  /** What its values are paid in, by ISO 4217; absent where they are no money, and from results of before it was kept. */
  currency?: string;
  /** Of the code that defines it: another version is another metric. */
  version: string;
  /** Chosen, or given this role, when data could be seen already: exploratory, it never leads the verdict. */
  isChosenAfterStart?: true;
  /** It was registered at the start, and is defined differently since; then it is `isChosenAfterStart` too. */
  isRedefined?: true;
  /** Data that the statistics were computed from, for whoever wants to check. */
  epochs: EpochData[];
}

/** All that the results page shows, as it is stored. Times are ISO 8601. */
export interface StoredResult {
  format: 1;
  slug: string;
  asOf: string;
  /** The moment up to which the statistics look: the end of a UTC day, or of the experiment. Null before the first. */
  look: string | null;
  /** At that look, or now where there was none; absent in results of before days were counted by exposures. */
  pace?: Pace;
  status: Status;
  unit: Unit;
  control: string;
  variants: string[];
  windowDays: number;
  startedAt: string | null;
  endedAt: string | null;
  settings: AnalysisSettings;
  plannedSubjects: number;
  /** Variants against control, with those that were taken away since; absent in results of before it was kept. */
  plannedComparisons?: number;
  /** Exposed subjects as of now, per variant. */
  exposed: Record<string, number>;
  /** Who is compared; absent in results of before it was told. */
  population?: Population;
  leftOut: LeftOut;
  split: EpochUnits[];
  metrics: MetricInfo[];
  unknownMetrics: string[];
  /** Metrics of the plan that cannot be measured as planned, and why; absent in results of before it was told. */
  unmeasured?: UnmeasuredMetric[];
  /** Null before the first look. */
  analysis: Analysis | null;
  series: { exposures: ExposureDay[]; effects: EffectPoint[] };
  novelty: NoveltyDay[];
  segments: Segment[];
  /** Whether the effect differs between them; absent in results of before it was asked. */
  segmentTests?: SegmentResult[];
  /** Values of facts that stand in no segment, since others have more subjects; absent in older results. */
  smallSegments?: SmallSegments[];
  /**
   * Of subjects whose window has closed, for ranges of days: a page is told of those it asks for. Absent in older results, and
   * in what is told.
   */
  days?: MetricDays[];
  /** What the next look goes on from, and what it must not go on from where the question has changed. */
  chain: { basis: string; state: LookState | null };
  tookMs: number;
}

/** A statement and what it is asked with. */
export interface RecountRun {
  statement: string;
  parameters: [slug: string, windowHours: number, endedAt: string | null, cut: Cut];
}

/** The frozen result of an experiment that was concluded, with all that it takes to compute it again. */
export interface Receipt {
  format: 1;
  slug: string;
  concludedAt: string;
  winner: string | null;
  statement: string;
  parameters: RecountRun["parameters"];
  /** What the statement answered. */
  recount: Recount;
  digest: DigestRow;
  /** As they were defined then. */
  metrics: Metric[];
  /** What was registered at the start; null in experiments that are older, absent in receipts that are. */
  registered?: RegisteredMetric[] | null;
  weights: { epoch: number; weights: Record<string, number> }[];
  versions: { engine: string; node: string; postgres: string; metrics: Record<string, string> };
  /** What had been planned; absent in receipts of before it was kept by itself. */
  plan?: { subjects: number; days: number };
  result: StoredResult;
  /** Of all of the above. */
  hash: string;
}

/**
 * - `all`: what was computed
 * - `withheld`: counts alone, for it is too early to compare
 * - `early`: the figures nevertheless, for somebody whose look was recorded
 */
export type ResultsFigures = "all" | "withheld" | "early";

/** Of the receipt, what a page shows. Older receipts do not name plan and population. */
export interface ReceiptSummary extends Pick<Receipt, "concludedAt" | "hash"> {
  createdAt: Date;
  plan?: Receipt["plan"] | null;
  /** The moment up to which the statistics look: the end, or the planned end before it. */
  look?: string | null;
  population?: Population | null;
  endedShort?: EndedShort | null;
}

export interface LatestResult {
  /** ISO 8601, of the result that is stored; null where none is. */
  asOf: string | null;
  hasReceipt: boolean;
}

export interface ResultsView {
  slug: string;
  figures: ResultsFigures;
  /** Whether nothing at all may be compared yet; otherwise `withheld` figures are those of some metrics alone. */
  isAllWithheld: boolean;
  /** Conversions by variant, for somebody whose look was recorded; null for everybody else. */
  counts: ExperimentStats | null;
  /** Null while nothing was computed yet. */
  result: StoredResult | null;
  /** There once the experiment is concluded. */
  receipt: ReceiptSummary | null;
}

/** A comparison of the primary metric, as it is read by one population. */
export interface ReadEffect {
  subjects: number;
  lift: number | null;
  interval: Interval | null;
}

/** What somebody sees before they conclude: the result as it would be if the experiment ended now. */
export interface EndPreview {
  slug: string;
  /** ISO 8601; what happens after it is not in here. */
  asOf: string;
  population: Population;
  /** Fixed mode short of its plan; null otherwise. */
  endedShort: EndedShort | null;
  /** Null while the comparison is withheld: to ask what the end would say is to look early. */
  result: StoredResult | null;
  /** What the conclusion may give as its reason: none that rests on a comparison which is withheld. */
  reasons: ConclusionReason[];
  /** What counting open windows does: the comparisons of the page, and those of the end. */
  changes: { metric: string; variant: string; before: ReadEffect | null; after: ReadEffect | null }[];
}
