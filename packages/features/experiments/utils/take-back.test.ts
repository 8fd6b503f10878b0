import { describe, expect, test } from "vitest";
import { aConfig } from "../testing/builders";
import type { ExperimentConfig } from "../types/config";
import { compileExperiment } from "./compile";
import { findTakeBackEnd, planTakeBack } from "./take-back";

const ENDED = "2026-03-01T12:00:00.000Z";
const A_DAY_LATER = new Date("2026-03-02T12:00:00.000Z");
const NOW = new Date("2026-03-01T15:00:00.000Z");

const ended: Partial<ExperimentConfig> = {
  status: "concluded",
  endedAt: ENDED,
  winnerVariant: "urgent",
  conclusionReason: "won",
  learning: "Urgency sells",
};
const experiment = (changes: Partial<ExperimentConfig> = {}) => ({
  slug: "upgrade-button",
  description: "Its text",
  config: aConfig({ ...ended, ...changes }),
});

describe("a winner", () => {
  test.each(["concluded", "archived"] as const)("of one that is %s can be withdrawn for a day", (status) => {
    expect(findTakeBackEnd(experiment({ status }).config)).toEqual(A_DAY_LATER);
  });

  test.each<[string, Partial<ExperimentConfig>]>([
    ["that there is not", { winnerVariant: null }],
    ["of one that runs", { status: "running", endedAt: null }],
    ["of one whose end nobody knows", { endedAt: null }],
  ])("%s cannot, and a try is refused", (_, changes) => {
    expect(findTakeBackEnd(experiment(changes).config)).toBeNull();
    expect(() => planTakeBack(experiment(changes), NOW)).toThrow(
      expect.objectContaining({ code: "invalid_transition" }),
    );
  });

  test("that is withdrawn is served to nobody, and all else stays: no phase opens, nobody is counted again", () => {
    const before = experiment();
    const { config, ...rest } = planTakeBack(before, NOW);
    expect(config).toEqual({
      ...before.config,
      winnerVariant: null,
      takenBack: { variant: "urgent", at: NOW.toISOString() },
    });
    expect(rest).toEqual({
      description: "Its text",
      closesEpoch: false,
      opensEpoch: false,
      keptVariants: null,
      until: A_DAY_LATER,
    });
    expect(compileExperiment("upgrade-button", 1, config)).toMatchObject({ winner: null, isLive: false });
  });
});
