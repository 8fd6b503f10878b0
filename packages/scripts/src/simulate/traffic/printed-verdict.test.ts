import { expect, test } from "vitest";
import { at, computed, traffic } from "../../../../features/experiments/results/testing/computed";
import { DEFAULT_PLANNED_SUBJECTS } from "../../../../features/experiments/types";
import { DEFAULT_WINDOW_DAYS } from "../../../../features/experiments/types/settings";
import { documents } from "../../testing/documents";
import { printedCommandsOf } from "../../testing/printed-commands";
import { addRate } from "./plan";

const commands = documents
  .flatMap(printedCommandsOf)
  .filter(({ name, args }) => name === "simulate" && args[0] === "traffic" && args.includes("--rate"))
  .map(({ document, args }) => {
    const valuesOf = (option: string) => args.filter((_, index) => args[index - 1] === option);
    const rates = valuesOf("--rate").reduce<Record<string, number>>((all, text) => addRate(text, all), {});
    const { control = 0, ...others } = rates;
    const [subjects, days] = ["--subjects", "--days"].map((option) => Number(valuesOf(option)[0]));
    return {
      document,
      control,
      treatment: Object.values(others)[0] ?? 0,
      subjects: subjects ?? 0,
      days: days ?? 0,
    };
  });

/** One draw in thirty thousand is so much worse than what is to be expected. */
const UNLUCKY = 4;

/** The verdict where the difference is so many standard errors smaller than the rates say. */
async function verdictOf({ control, treatment, subjects, days }: (typeof commands)[number], unlucky: number) {
  const compared = (subjects * (days - DEFAULT_WINDOW_DAYS)) / days / 2;
  const variance = (rate: number) => (rate * (1 - rate)) / compared;
  const shift = (unlucky * Math.sqrt(variance(control) + variance(treatment))) / 2;
  const result = await computed(
    traffic(days, Math.round(subjects / days / 2), { control: control + shift, urgent: treatment - shift }),
    at(days),
    {
      conversionWindowDays: DEFAULT_WINDOW_DAYS,
      analysis: { mode: "sequential", plannedSubjects: DEFAULT_PLANNED_SUBJECTS, minimumRuntimeDays: 7 },
    },
  );
  return result.analysis?.verdict.code;
}

test("the README prints one", () => {
  expect(commands.map(({ document }) => document)).toContain("README.md");
});

test.each(commands)("what $document prints ends in a verdict, whatever is drawn", async (command) => {
  expect(await verdictOf(command, 0)).toBe("better");
  expect(await verdictOf(command, UNLUCKY)).toBe("better");
});

test("rates that are closer would not", async () => {
  const close = { document: "", control: 0.1, treatment: 0.13, subjects: 8_000, days: 28 };
  expect(await verdictOf(close, UNLUCKY)).toBe("keep_going");
});
