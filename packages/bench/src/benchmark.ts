import type { Spread } from "./statistics";
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
  /** Of these rounds: the goal is met where all of them meet it. None where there is but one figure, as of bytes. */
  spread?: Spread;
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
  spread: Spread | null;
  goal: string;
  met: boolean;
}

export function reportOf({ id, name, goal }: Benchmark, measurement: Measurement): Report {
  const { ours, anchor, ratio, spread, alsoMet = true } = measurement;
  const { from, to } = spread ?? { from: ratio, to: ratio };
  return {
    id,
    name,
    ours: round(ours),
    anchor: round(anchor),
    ratio: round(ratio),
    spread: spread ? { from: round(from), to: round(to) } : null,
    goal: "atLeast" in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`,
    met: alsoMet && ("atLeast" in goal ? from >= goal.atLeast : to <= goal.atMost),
  };
}

/** As it is printed while it is measured. */
export function lineOf({ id, name, ours, anchor, ratio, spread, goal, met }: Report): string {
  const range = spread ? ` (${wordsOf(spread)})` : "";
  return `${met ? "met   " : "MISSED"}  ${id.padEnd(30)} ${String(ratio).padStart(7)}${range}  goal ${goal.padEnd(7)}  ours ${ours}, anchor ${anchor}\n    ${name}`;
}

/** The rows as a Markdown table, for the README. */
export function formatTable(reports: readonly Report[]): string {
  return [
    "| | goal | ratio | ours | anchor | |",
    "|---|---|---|---|---|---|",
    ...reports.map(
      ({ id, goal, ratio, spread, ours, anchor, met }) =>
        `| \`${id}\` | ${goal} | ${ratio}${spread ? `, ${wordsOf(spread)}` : ""} | ${words(ours)} | ${words(anchor)} | ${met ? "met" : "**missed**"} |`,
    ),
    "",
  ].join("\n");
}

const wordsOf = ({ from, to }: Spread): string => `${from} to ${to}`;
const words = (figure: number): string => figure.toLocaleString("en");

/** Three significant digits, and no fewer than the whole number. */
function round(value: number): number {
  return value >= 1_000 ? Math.round(value) : Number(value.toPrecision(3));
}
