import type { History } from "./history";

/** As long as it may be, or nearly, and with nothing at which it could be broken. */
export const LONG_EVENT = "checkout_finished_with_invoice_address_of_people";
export const LONG_NAME = `Bestellabschlussmit${"rechnungsadresse".repeat(4)}`.slice(0, 80).padEnd(80, "n");
export const TWELVE = [
  "control",
  ...Array.from({ length: 11 }, (_, index) => `variant-with-a-rather-long-name-${index + 1}`),
];

/** The most variants that the colours are made for, under the longest names, split as planned: all are compared. */
export function aHistoryOfTwelve(slug: string): History {
  const weights = Object.fromEntries(TWELVE.map((name, index) => [name, index === 0 ? 12 : 8]));
  return {
    slug,
    epochs: [{ since: 24.6, weights }],
    arms: Object.fromEntries(
      TWELVE.map((name, index) => [
        name,
        {
          subjects: index === 0 ? 600 : 400 + index,
          events: { [LONG_EVENT]: { rate: index === 5 ? 0.32 : 0.2, delayHours: 8 } },
        },
      ]),
    ),
    settings: {
      name: LONG_NAME,
      clientEvents: [LONG_EVENT],
      metrics: { primary: `event:${LONG_EVENT}`, secondary: [], guardrails: [] },
      analysis: { mode: "sequential", plannedSubjects: 3_000, minimumRuntimeDays: 7 },
    },
  };
}
