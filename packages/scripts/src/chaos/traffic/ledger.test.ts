import { expect, test } from "vitest";
import { durationOf, type Entry, failuresOf, Ledger } from "./ledger";

const entry = (kind: Entry["kind"], end: Entry["end"], ms = 1, at = 0): Entry => ({ kind, end, ms, at });

test("requests without an answer and answers that blame the server are failures, reports to be sent again are none", () => {
  const entries = [
    entry("page", 200),
    entry("page", 500),
    entry("decide", 503),
    entry("exposure", 503),
    entry("conversion", 503),
    entry("conversion", 204),
    entry("exposure", "ECONNRESET"),
  ];
  expect(failuresOf(entries)).toEqual(["page: 500", "decide: 503", "exposure: ECONNRESET"]);
});

test("durations are those of one kind of request", () => {
  const entries = [...Array(99).fill(5), 900].map((ms) => entry("decide", 200, ms));
  const all = [...entries, entry("page", 200, 5_000)];
  expect([0.5, 0.99, 1].map((share) => durationOf(all, "decide", share))).toEqual([5, 5, 900]);
  expect(durationOf(all, "exposure", 0.5)).toBe(0);
});

test("a span takes its beginning and leaves its end to the next", () => {
  const ledger = new Ledger();
  ledger.entries.push(...[1, 2, 3].map((at) => entry("page", 200, 1, at)));
  expect(ledger.between(1, 3).map(({ at }) => at)).toEqual([1, 2]);
  expect(ledger.between(2).map(({ at }) => at)).toEqual([2, 3]);
});
