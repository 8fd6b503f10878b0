import { cellsOf } from "./cells";
import { type Pair, pairOf } from "./combine";
import { liftOf } from "./comparison";
import { measure, normalFromT } from "./measure";
import { ALPHA, plannedUnitsOfPair } from "./metric-measure";
import { missingCounts, missingFor } from "./minimum";
import { mixtureLogEvidence, mixtureP, mixtureRho } from "./mixture";
import { holm } from "./multiplicity";
import { inOwnUnits } from "./own-units";
import type { SegmentResult } from "./segments-types";
import type { Design, EpochData, MetricKind, SegmentData } from "./types";
import { invalidData } from "./validate";

/** What all tests of one fact and variant have in common. */
interface Frame {
  design: Design;
  kind: MetricKind;
  variant: string;
  /** Questions that are asked of all segments together. */
  planned: number;
  /** Planned units of the variant and control. */
  plannedUnits: number;
}

/**
 * Whether the effect on a metric differs between segments: each against the other values of its fact, with Holm over all
 * segments and variants. It is always-valid in either mode, for segments are read whenever one likes, and after a planned
 * end too.
 *
 * Lifts are compared: rates differ between segments, and the same lift is another difference in each. That T/C is the same
 * in both is asked as T₁C₂ − T₂C₁ = 0, which divides by nothing, and so may be asked where a control is near 0.
 */
export function compareSegments(
  design: Design,
  kind: MetricKind,
  segments: readonly SegmentData[],
): SegmentResult[] {
  const treatments = design.variants.filter((variant) => variant !== design.control);
  const facts = [...new Set(segments.map(({ fact }) => fact))].map((fact) =>
    segments.filter((segment) => segment.fact === fact),
  );
  const planned = Math.max(
    1,
    facts.reduce((sum, ofFact) => sum + questionsOf(ofFact), 0) * treatments.length,
  );
  const tests = facts.flatMap((ofFact) =>
    treatments.flatMap((variant) => {
      const epochs = ofFact.flatMap((segment) => segment.epochs).sort((a, b) => a.epoch - b.epoch);
      const plannedUnits = plannedUnitsOfPair(design, { epochs }, variant);
      const frame = { design, kind, variant, planned, plannedUnits };
      return ofFact.map((segment) => testSegment(frame, segment, ofFact));
    }),
  );
  return adjust(tests, planned);
}

/** Of two values each is what is beside the other: one question, asked once. */
function questionsOf({ length }: readonly SegmentData[]): number {
  return length === 2 ? 1 : length;
}

interface Tested extends Omit<SegmentResult, "pAdjusted" | "isDifferent"> {
  question: string;
}

/** Values too rare to be tested stay in the family: it must not grow from look to look. */
function adjust(tests: readonly Tested[], planned: number): SegmentResult[] {
  const ps = new Map(tests.flatMap(({ question, p }) => (p === null ? [] : [[question, p] as const])));
  const { p: adjusted } = holm([...ps.values()], planned, ALPHA);
  const byQuestion = new Map([...ps.keys()].map((question, index) => [question, adjusted[index] ?? 1]));
  return tests.map(({ question, ...one }) => {
    const pAdjusted = byQuestion.get(question) ?? null;
    return { ...one, pAdjusted, isDifferent: pAdjusted !== null && pAdjusted <= ALPHA };
  });
}

function testSegment(frame: Frame, segment: SegmentData, ofFact: readonly SegmentData[]): Tested {
  const { fact, value } = segment;
  // Each of the others is a stratum of its own: mixing them would take who they are for what was done to them.
  const others = ofFact.filter((one) => one !== segment).flatMap(({ epochs }) => epochs);
  const here = readPair(frame, segment.epochs);
  const beside = readPair(frame, others);
  return {
    fact,
    value,
    variant: frame.variant,
    lift: here && liftIn(frame, here),
    p: here && beside && pOfSameLift(here, beside, frame.plannedUnits),
    question: JSON.stringify([fact, frame.variant, ofFact.length === 2 ? null : value]),
  };
}

/** Null while there are too few of either variant. */
function readPair({ design, kind, variant }: Frame, epochs: readonly EpochData[]): Pair | null {
  if (!((design.plannedUnits ?? 0) > 0) || invalidData(epochs, kind) !== null) return null;
  const pair = pairOf(cellsOf(inOwnUnits(epochs).epochs).epochs, design.control, variant);
  if (pair === null) return null;
  const units = { control: pair.control.n, treatment: pair.treatment.n };
  const missing = missingFor(units, variant, design, kind) ?? missingCounts(pair);
  return missing === null ? pair : null;
}

/** With an interval that holds for all segments at once. */
function liftIn({ kind, planned, plannedUnits }: Frame, pair: Pair): SegmentResult["lift"] {
  const alpha = ALPHA / planned;
  const measured = measure(pair, { kind, mode: "sequential", plannedUnits, tunedAlpha: alpha });
  return measured && liftOf(pair, measured, alpha);
}

/**
 * Null where nothing varies. Squares of what was observed are a little too large as squares of what is true, by what the
 * product of two errors adds to the variance.
 */
function pOfSameLift(one: Pair, other: Pair, plannedUnits: number): number | null {
  const cross = one.treatment.value * other.control.value - other.treatment.value * one.control.value;
  let [variance, spread] = [0, 0];
  for (const [factor, estimate] of [
    [other.control.value, one.treatment],
    [other.treatment.value, one.control],
    [one.control.value, other.treatment],
    [one.treatment.value, other.control],
  ] as const) {
    variance += factor ** 2 * estimate.variance;
    spread += factor ** 4 * estimate.spread;
  }
  if (!(variance > 0)) return null;
  const df = spread > 0 ? variance ** 2 / spread : Number.MAX_VALUE;
  const score = normalFromT(cross / Math.sqrt(variance), df);
  return mixtureP(mixtureLogEvidence(score, one.units + other.units, mixtureRho(plannedUnits, ALPHA)));
}
