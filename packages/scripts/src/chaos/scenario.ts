import type { Site } from "./site/site";

/** One thing that was found out: a promise that holds or does not, or a figure that promises nothing. */
export interface Finding {
  what: string;
  figure: string;
  /** Null where nothing was promised. */
  met: boolean | null;
  /** A promise about time, which a busy machine may break: it is shown, and `--quick` does not judge it. */
  isTime?: boolean;
}

export interface Pace {
  isQuick: boolean;
  /** How long the soak lasts. */
  soakMinutes: number;
}

/** A fault that is made on purpose, and what has to hold all the same. */
export interface Scenario {
  name: string;
  fault: string;
  promise: string;
  /** Also part of `--quick`, which has a minute for all. */
  isQuick?: true;
  /** How long it may take before it is given up; three minutes where absent. */
  minutes?: (pace: Pace) => number;
  /** Why it cannot be tried on this machine; null where it can. */
  missing?: () => string | null;
  run(site: Site, pace: Pace): Promise<Finding[]>;
}

export interface Outcome {
  scenario: Scenario;
  findings: Finding[];
  /** Why it was left out, where it was. */
  leftOut: string | null;
  seconds: number;
  /** The load average of the machine at its end, without which no time says anything. */
  load: number;
}

export function isMet({ findings }: Outcome, { isQuick }: Pick<Pace, "isQuick">): boolean {
  return findings.every(({ met, isTime }) => met !== false || (isQuick && isTime === true));
}
