import { type Check, check } from "../engine/check";
import { alarmAt, type SplitLook } from "./adapter";
import type { LookState, Random } from "./internals";
import { randomFor } from "./study";

// What the alarm says of a split: none where it is true, and one where it is off.

const OFF = [
  [300, 0],
  [80, 20],
  [600, 400],
] as const;

/** At the sizes of a product that sells to businesses. */
export function splitsThatAreOff(): Check {
  const unnoticed = OFF.filter((units) => !alarmAt({ weights: [50, 50], segments: [units] }).isAlarm).map(
    (units) => units.join(" v "),
  );
  const name = `${OFF.map((units) => units.join(" v ")).join(", ")} of a planned 50/50 and no alarm`;
  return check("grid-split-off", name, unnoticed.length, 0, 0);
}

const LOOKS = 90;
const SEGMENTS = [0.6, 0.3, 0.1];
const SPLITS = [
  [50, 50],
  [90, 10],
  [80, 5, 5, 5, 5],
] as const;
const PER_DAY = [20, 200, 2_000] as const;
const FALSE_ALARMS = 0.001;

/** A true split, looked at daily as a whole and by segment. */
export function trueSplits(runs: number, seed: number): Check {
  let alarms = 0;
  for (let i = 0; i < runs; i++) {
    const weights = SPLITS[i % SPLITS.length] ?? SPLITS[0];
    const perDay = PER_DAY[Math.floor(i / SPLITS.length) % PER_DAY.length] ?? PER_DAY[0];
    if (isAlarmed(randomFor({ id: "split" }, "true", seed, i), weights, perDay)) alarms++;
  }
  const high = FALSE_ALARMS + 3.29 * Math.sqrt(FALSE_ALARMS / runs);
  const name = `alarms at any of ${LOOKS} looks at a true split, segments included`;
  return check("grid-split-true", name, alarms / runs, 0, high);
}

function isAlarmed(random: Random, weights: readonly number[], perDay: number): boolean {
  const segments = SEGMENTS.map(() => weights.map(() => 0));
  let previous: LookState | undefined;
  for (let day = 1; day <= LOOKS; day++) {
    arrive(random, segments, weights, perDay);
    const look: SplitLook = { weights, segments };
    const { isAlarm, state } = alarmAt(look, previous);
    if (isAlarm) return true;
    previous = state;
  }
  return false;
}

/** Each unit falls into a segment, and then into a variant. */
function arrive(random: Random, segments: number[][], weights: readonly number[], units: number): void {
  const bySegment = divided(random, units, SEGMENTS);
  for (const [i, counts] of segments.entries()) {
    for (const [variant, n] of divided(random, bySegment[i] ?? 0, weights).entries()) {
      counts[variant] = (counts[variant] ?? 0) + n;
    }
  }
}

function divided(random: Random, units: number, shares: readonly number[]): number[] {
  let left = units;
  let shareLeft = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share, i) => {
    const n = i === shares.length - 1 ? left : random.binomial(left, Math.min(1, share / shareLeft));
    left -= n;
    shareLeft -= share;
    return n;
  });
}
