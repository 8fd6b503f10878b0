import type { Workbench } from "./workbench";

/** One figure beside its peer, measured in the same run. */
export interface Benchmark {
  id: string;
  /** What is compared, and the unit of both figures. */
  name: string;
  goal: Goal;
  run(workbench: Workbench): Promise<Measurement>;
}

/** What the ratio has to reach, or may not exceed. */
export type Goal = { atLeast: number } | { atMost: number };

export interface Measurement {
  ours: number;
  anchor: number;
  /** The ratio in the direction of the goal: the median over rounds that measured both. */
  ratio: number;
  /** Further conditions of the goal, such as a p99; all of them must hold. */
  alsoMet?: boolean;
  /** What the table has no room for, one line each. */
  notes: string[];
}

/** A row of `--json`. */
export interface Report {
  id: string;
  name: string;
  ours: number;
  anchor: number;
  ratio: number;
  goal: string;
  met: boolean;
}

export function reportOf({ id, name, goal }: Benchmark, measurement: Measurement): Report {
  const { ours, anchor, ratio, alsoMet = true } = measurement;
  return {
    id,
    name,
    ours: round(ours),
    anchor: round(anchor),
    ratio: round(ratio),
    goal: "atLeast" in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`,
    met: alsoMet && ("atLeast" in goal ? ratio >= goal.atLeast : ratio <= goal.atMost),
  };
}

/** Three significant digits, and no fewer than the whole number. */
function round(value: number): number {
  return value >= 1_000 ? Math.round(value) : Number(value.toPrecision(3));
}
