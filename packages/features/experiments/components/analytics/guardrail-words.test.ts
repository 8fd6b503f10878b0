import type { GuardrailResult } from "@calcom/statistics";
import { expect, test } from "vitest";
import { createFormat } from "../shared/format";
import { t } from "../testing/in-english";
import { createFigures } from "./charts/figures";
import { guardrailsText } from "./guardrail-words";
import { aMeasuredResult } from "./testing/results";
import { wordsFor } from "./words";

const figures = createFigures("en", createFormat("en", "UTC"));

function say(
  guardrails: [metric: string, variant: string, status: GuardrailResult["status"]][],
  variants = 2,
) {
  const { analysis, ...rest } = aMeasuredResult();
  const result = {
    ...rest,
    variants: ["control", "urgent", "calm"].slice(0, variants),
    analysis: analysis && {
      ...analysis,
      guardrails: guardrails.map(([metric, variant, status]) => ({ metric, variant, status })),
    },
  };
  return guardrailsText(result, wordsFor(result, t, figures));
}

test.each<[string, Parameters<typeof say>, string | null]>([
  ["none", [[]], null],
  ["one that holds, by its name", [[["refunds", "urgent", "fine"]]], "Guardrail refunds: no meaningful harm"],
  ["one that does not", [[["refunds", "urgent", "worse"]]], "Guardrail refunds worse"],
  [
    "several that hold",
    [
      [
        ["refunds", "urgent", "fine"],
        ["bookings", "urgent", "fine"],
      ],
    ],
    "No meaningful harm to any of the 2 guardrails",
  ],
  [
    "some that hold",
    [
      [
        ["refunds", "urgent", "fine"],
        ["bookings", "urgent", "unclear"],
      ],
    ],
    "No meaningful harm to 1 of 2 guardrails · bookings inconclusive",
  ],
  [
    "several of which none does",
    [
      [
        ["refunds", "urgent", "worse"],
        ["bookings", "urgent", "unclear"],
      ],
    ],
    "Guardrails: refunds worse · bookings inconclusive",
  ],
  [
    "one of two variants, which is one guardrail all the same",
    [
      [
        ["refunds", "urgent", "fine"],
        ["refunds", "calm", "fine"],
      ],
      3,
    ],
    "Guardrail refunds: no meaningful harm",
  ],
])("of guardrails is said in words whether they hold: %s", (_, args, text) => {
  expect(say(...args)).toBe(text);
});
