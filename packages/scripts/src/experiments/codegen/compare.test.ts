import { expect, test } from "vitest";
import { aCatalogue, anExperiment } from "../testing/catalogue";
import { differences } from "./compare";
import { declarationOf } from "./declaration";
import { formatted } from "./format";

const text = (...experiments: Parameters<typeof aCatalogue>) =>
  declarationOf(aCatalogue(...experiments), { payloads: "literal", isLenient: false });

const present = text(anExperiment(), anExperiment({ slug: "old-hero" }));

test("a file that says the same differs in nothing, however it is laid out", () => {
  expect(differences(formatted(present), present)).toEqual([]);
  expect(differences(text(), text())).toEqual([]);
});

test("what only a comment says is no difference: a pause turns no build red", () => {
  const paused = text(anExperiment({ status: "paused", name: "Other" }), anExperiment({ slug: "old-hero" }));
  expect(paused).not.toBe(present);
  expect(differences(present, paused)).toEqual([]);
});

test("experiments that came and went are named", () => {
  expect(differences(present, text(anExperiment(), anExperiment({ slug: "new-hero" })))).toEqual([
    "new-hero: in the database, not in the file",
    "old-hero: in the file, not in the database",
  ]);
});

test("a conclusion is told by what it takes away", () => {
  const over = text(
    anExperiment({ status: "concluded", winner: "control" }),
    anExperiment({ slug: "old-hero" }),
  );
  expect(differences(present, over)).toEqual([
    "upgrade-button-test:",
    "  - variants.urgent: null",
    "  + variants.urgent: null (deprecated)",
    '  + shown: "control"',
  ]);
});

test("another variant and another payload are told", () => {
  const changed = anExperiment({
    variants: [
      { name: "control", payload: null },
      { name: "calm", payload: { text: "a" } },
    ],
  });
  expect(differences(text(anExperiment()), text(changed))).toEqual([
    "upgrade-button-test:",
    "  - variants.urgent: null",
    '  + variants.calm: { text: "a"; }',
  ]);
});

test("a payload that the formatter has laid out anew is the same", () => {
  const entry = anExperiment({
    variants: [{ name: "control", payload: { text: "a", deep: { list: [1, 2], "a-b": "x".repeat(120) } } }],
  });
  expect(differences(formatted(text(entry)), text(entry))).toEqual([]);
});

test("a file written by hand is read too", () => {
  const byHand = `declare module "@calcom/features/experiments" {
    interface ExperimentRegistry { "upgrade-button-test": { variants: "control" | "urgent" } }
  }`;
  expect(differences(byHand, text(anExperiment()))[0]).toBe("upgrade-button-test:");
  expect(differences("", text(anExperiment()))).toEqual([
    "upgrade-button-test: in the database, not in the file",
  ]);
});
