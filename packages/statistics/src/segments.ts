import { ALPHA, plannedUnitsOfPair } from "./metric-measure";
import { holm } from "./multiplicity";
import { type Frame, liftIn, pOfSameLift, readPair } from "./segment-pairs";
import type { SegmentResult } from "./segments-types";
import type { Design, MetricKind, SegmentData } from "./types";

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
