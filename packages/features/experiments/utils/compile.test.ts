import { expect, test } from "vitest";
import { aConfig } from "../testing/builders";
import { compileExperiment, compilePlainFlag } from "./compile";
import { holdsSlot } from "./decide";
import { hashFrom } from "./hash";
import { stageHash } from "./variant-assignment";

const compiled = (changes: Parameters<typeof aConfig>[0] = {}) => compileExperiment("a", 1, aConfig(changes));

test("payloads are those of the variants that have one, and nobody can change them", () => {
  const payload = { label: "Upgrade", list: [1] };
  const variants = [
    { name: "control", percentage: 50 },
    { name: "urgent", percentage: 50, payload },
  ];
  const { payloads } = compiled({ variants });
  expect([...payloads]).toEqual([["urgent", payload]]);
  expect(Object.isFrozen(payloads.get("urgent"))).toBe(true);
});

test("each stage hashes by its own name, so that who is let in says nothing of the variant", () => {
  const { variantHash, traffic, groups } = compiled({
    salt: "s",
    trafficPercentage: 40,
    exclusionGroups: [{ name: "g", ranges: [{ from: 0, to: 50 }] }],
  });
  const id = "4d6d1d5e-1f0e-4c5c-9df8-7f3a0b8a1c2d";
  const hashOf = (stage: Parameters<typeof stageHash>[0], name: string) =>
    hashFrom(stageHash(stage, name), id);
  expect(hashFrom(variantHash, id)).toBe(hashOf("variant", "s"));
  expect(traffic && hashFrom(traffic.hash, id)).toBe(hashOf("traffic", "s"));
  expect(groups.map(({ hash }) => hashFrom(hash, id))).toEqual([hashOf("group", "g")]);
  expect(new Set([hashOf("variant", "s"), hashOf("traffic", "s"), hashOf("group", "s")]).size).toBe(3);
});

test("only a share of the traffic is asked for, and only groups that there are", () => {
  expect([compiled({ trafficPercentage: 100 }).traffic, compiled().groups]).toEqual([null, []]);
});

test("a slot is held from the beginning of a range to before its end, in any of the ranges", () => {
  const hash = stageHash("group", "g");
  const slot = hashFrom(hash, "1");
  const holds = (...ranges: [from: number, to: number][]) =>
    holdsSlot({ hash, ranges: ranges.map(([from, to]) => ({ from, to })) }, "1");
  expect(holds([slot, slot + 1])).toBe(true);
  expect(holds([slot + 1, slot + 2])).toBe(false);
  expect(holds([slot - 1, slot])).toBe(false);
  expect(holds([slot + 1, slot + 2], [slot, slot + 1])).toBe(true);
  expect(holds()).toBe(false);
});

test.each(["concluded", "archived", "draft", "running", "paused", "off"] as const)(
  "of a %s experiment, the winner is given once it is over",
  (status) => {
    const { winner, isLive, isPaused } = compiled({ status, winnerVariant: "urgent" });
    expect({ winner, isLive, isPaused }).toEqual({
      winner: status === "concluded" || status === "archived" ? "urgent" : null,
      isLive: status === "running" || status === "paused",
      isPaused: status === "paused",
    });
  },
);

test("a flag that code asks for as an experiment answers, and is no experiment", () => {
  const flag = compilePlainFlag("old-flag", 3, true);
  expect(flag).toMatchObject({
    slug: "old-flag",
    version: 3,
    salt: "old-flag",
    isLive: false,
    flag: { isOnForAll: true },
  });
});
