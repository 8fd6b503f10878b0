import { expect, test } from "vitest";
import { toRegistration } from "../metrics/registration";
import { makeReceipt } from "./recount/receipt";
import { at, computed, epochs, metric, traffic } from "./testing/computed";
import type { Receipt } from "./types";
import { checkMarks } from "./verify-register";

const endedAt = at(20).toISOString();
const recount = traffic(20, 200, { control: 0.1, urgent: 0.16 });
const register = toRegistration({ metrics: [{ metric, role: "primary" }], unknown: [], broken: [] });

async function aReceipt(registeredMetrics: Receipt["registered"] = register): Promise<Receipt> {
  const result = await computed(recount, at(20.5), { status: "concluded", endedAt });
  return makeReceipt({
    config: { endedAt, winnerVariant: "urgent", registeredMetrics: registeredMetrics ?? null },
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
  });
}

test("the marks of a receipt follow from what was registered, also after a way through JSON", async () => {
  expect(checkMarks(await aReceipt())).toEqual([]);
  expect(checkMarks(JSON.parse(JSON.stringify(await aReceipt())) as Receipt)).toEqual([]);
});

test("a metric that lost its mark, or was never registered, is named", async () => {
  const sentence = `Whether ${metric.key} was registered at the start does not follow from what was registered.`;
  expect(checkMarks(await aReceipt([]))).toEqual([sentence]);
  const other = register.map((one) => ({ ...one, role: "secondary" as const }));
  expect(checkMarks(await aReceipt(other))).toEqual([sentence]);
});

test("a receipt from before metrics were registered has nothing to hold its marks to", async () => {
  const { registered: _registered, ...older } = await aReceipt([]);
  expect(checkMarks(older)).toEqual([]);
});
