import path from "node:path";
import { startMember } from "../member";
import { type Check, check } from "./check";
import { type GroupFindings, type GroupTask, groupNames } from "./groups";

export type { Check } from "./check";

export interface EngineOptions {
  /** A tenth of the runs, with bands as much wider. */
  quick: boolean;
  seed: number;
  onProgress?: (done: number, all: number, next: string) => void;
}

/**
 * Proves the statistics engine with data whose truth is known, in a process of its own: other parts go on meanwhile. The
 * same seed gives the same figures; each group has draws of its own, so that one more check does not change the others.
 */
export async function engineChecks({ quick, seed, onProgress }: EngineOptions): Promise<Check[]> {
  const member = startMember<GroupTask, GroupFindings>(path.join(import.meta.dirname, "engine-member.ts"));
  const found: GroupFindings[] = [];
  try {
    for (const [group, name] of groupNames.entries()) {
      onProgress?.(group, groupNames.length, name);
      found.push(await member.ask({ group, quick, seed }));
    }
  } finally {
    member.end();
  }
  onProgress?.(groupNames.length, groupNames.length, "done");
  const sum = (key: "observed" | "contradictions") => found.reduce((total, one) => total + one[key], 0);
  const name = `contradictions between p, intervals, lift and verdict in ${sum("observed").toLocaleString("en")} results`;
  return [
    ...found.flatMap(({ checks }) => checks),
    check("contradictions", name, sum("contradictions"), 0, 0),
  ];
}
