import { expect, test } from "vitest";
import { makeReceipt } from "./recount/receipt";
import type { Recount } from "./recount-rows";
import { at, computed, epochs, metric, traffic } from "./testing/computed";
import type { Receipt, StoredResult } from "./types";
import { checkResult } from "./verify-engine";

const endedAt = at(20).toISOString();
const days = Object.fromEntries(
  Array.from({ length: 20 }, (_, day) => [at(day).toISOString().slice(0, 10), 60]),
);
const recount: Recount = {
  ...traffic(20, 200, { control: 0.1, urgent: 0.16 }),
  segmentSplit: [
    { fact: "plan", value: "teams", epoch: 1, variant: "control", days },
    { fact: "plan", value: "teams", epoch: 1, variant: "urgent", days: { "2026-09-03": 400 } },
  ],
};

async function aReceipt(change: (result: StoredResult) => void = () => undefined): Promise<Receipt> {
  const result = await computed(recount, at(20.5), { status: "concluded", endedAt });
  change(result);
  return {
    ...makeReceipt({
      config: { endedAt, winnerVariant: "urgent", registeredMetrics: null },
      epochs,
      chosen: [metric],
      run: { statement: "", parameters: ["upgrade", 168, endedAt, null] },
      recount,
      digest: {
        assignments: [],
        erased: 0,
        imported: 0,
        conversions: [],
        epochs: "",
        links: { rows: 0, hash: "" },
        postgres: "",
      },
      result,
    }),
  };
}

test("the result of a receipt follows from its counts, also after a way through JSON", async () => {
  const receipt = await aReceipt();
  expect(receipt.result.analysis?.verdict.code).toBe("better");
  expect(checkResult(receipt)).toEqual([]);
  expect(checkResult(JSON.parse(JSON.stringify(receipt)) as Receipt)).toEqual([]);
});

test("the split by segment follows from its counts too, and a receipt from before it was tested still holds", async () => {
  const receipt = await aReceipt();
  const [teams] = receipt.result.analysis?.split.bySegment ?? [];
  expect(teams).toMatchObject({ fact: "plan", value: "teams", status: "off" });
  const changed = await aReceipt(({ analysis }) => {
    const [segment] = analysis?.split.bySegment ?? [];
    if (segment) segment.status = "as_planned";
  });
  expect(checkResult(changed)).toEqual(["The split by segment does not follow from what was counted."]);
  const { segmentSplit: _, ...older } = receipt.recount;
  const old = await aReceipt(({ analysis }) => {
    if (analysis) delete analysis.split.bySegment;
  });
  expect(checkResult({ ...old, recount: older })).toEqual([]);
});

test("a verdict, a comparison or a figure that does not follow is named", async () => {
  const verdict = await aReceipt(({ analysis }) => {
    if (analysis) analysis.verdict = { code: "no_clear_difference", scale: "lift", low: 0, high: 0 };
  });
  expect(checkResult(verdict)).toEqual([
    "The verdict was no_clear_difference, and what was counted gives better.",
  ]);
  const comparison = await aReceipt(({ analysis }) => {
    const [first] = analysis?.metrics[0]?.comparisons ?? [];
    if (first?.status === "compared") first.pNow = 0.2;
  });
  expect(checkResult(comparison)).toEqual([
    "The comparison of event:bought does not follow from its figures.",
  ]);
  const figures = await aReceipt(({ metrics }) => {
    const arm = metrics[0]?.epochs[0]?.arms.control;
    if (arm?.kind === "rate") arm.conversions += 1;
  });
  expect(checkResult(figures)[0]).toBe("The figures of event:bought do not follow from what was counted.");
});
