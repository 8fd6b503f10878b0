import type { Check } from "../engine/check";
import { changedWeights } from "./scenarios/changed-weights";
import { effect } from "./scenarios/effect";
import { forecast } from "./scenarios/forecast";
import { imported } from "./scenarios/imported";
import { noEffect } from "./scenarios/no-effect";
import { split } from "./scenarios/split";
import { twoBrowsers } from "./scenarios/two-browsers";
import { afterTheEnd, lateConversions } from "./scenarios/windows";
import { openWorld, type World } from "./world";

const scenarios: { name: string; run(world: World): Promise<Check[]> }[] = [
  // First: it needs to know what ran before.
  { name: "forecasts", run: forecast },
  { name: "a planted effect", run: effect },
  { name: "no effect", run: noEffect },
  { name: "a split that is off", run: split },
  { name: "changed weights", run: changedWeights },
  { name: "late conversions", run: lateConversions },
  { name: "after the end", run: afterTheEnd },
  { name: "imported subjects", run: imported },
  { name: "two browsers", run: twoBrowsers },
];

export interface DatabaseOptions {
  quick: boolean;
  seed: number;
  onProgress?: (done: number, all: number, next: string) => void;
}

/**
 * Experiments whose truth is known, through the real code and a real database: visitors ask, see and convert by the doors
 * that pages use, and what the results say is held to what was planted.
 */
export async function databaseChecks({ quick, seed, onProgress }: DatabaseOptions): Promise<Check[]> {
  onProgress?.(0, scenarios.length + 1, "a database");
  const world = await openWorld({ quick, seed });
  const checks: Check[] = [];
  try {
    for (const [index, { name, run }] of scenarios.entries()) {
      onProgress?.(index + 1, scenarios.length + 1, name);
      checks.push(...(await run(world)));
    }
  } finally {
    await world.close();
  }
  onProgress?.(scenarios.length + 1, scenarios.length + 1, "done");
  return checks;
}
