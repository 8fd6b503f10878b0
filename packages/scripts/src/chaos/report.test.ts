import { expect, test } from "vitest";
import { between, formatTable, describe as told } from "./report";
import { isMet, type Outcome, type Scenario } from "./scenario";

const scenario = (name: string): Scenario => ({
  name,
  fault: `${name} breaks`,
  promise: "it holds",
  run: async () => [],
});
const outcome = (name: string, changes: Partial<Outcome> = {}): Outcome => ({
  scenario: scenario(name),
  findings: [{ what: "lost", figure: "0", met: true }],
  leftOut: null,
  seconds: 1,
  load: 2.04,
  ...changes,
});

test("a promise that is broken is one, and one about time only where time is judged", () => {
  const late = outcome("late", { findings: [{ what: "p99", figure: "900 ms", met: false, isTime: true }] });
  const broken = outcome("broken", { findings: [{ what: "lost", figure: "1", met: false }] });
  expect([outcome("a"), late, broken].map((one) => isMet(one, { isQuick: false }))).toEqual([
    true,
    false,
    false,
  ]);
  expect([outcome("a"), late, broken].map((one) => isMet(one, { isQuick: true }))).toEqual([
    true,
    true,
    false,
  ]);
});

test("each scenario begins its lines with a word that a stage counts by", () => {
  const broken = outcome("b", { findings: [{ what: "lost", figure: "1", met: false }] });
  const absent = outcome("c", { leftOut: "no pooler is installed" });
  const words = [outcome("a"), broken, absent].map((one) => told(one, { isQuick: true }).split("  ")[0]);
  expect(words).toEqual(["met", "MISSED", "left out"]);
});

test("the rows of scenarios that did not run stay, in the order of all", () => {
  const all = ["a", "b", "c"].map(scenario);
  const first = formatTable(all, [outcome("c"), outcome("a")], "");
  expect(first.split("\n").slice(2)).toEqual([
    "| a breaks | it holds | lost |  | 2.0 |",
    "| c breaks | it holds | lost |  | 2.0 |",
  ]);
  const findings = [
    { what: "it goes on", figure: "yes", met: true },
    { what: "lost", figure: "2 (x|y)", met: false },
  ];
  const second = formatTable(
    all,
    [outcome("b", { leftOut: "none here", findings: [] }), outcome("c", { findings })],
    first,
  );
  expect(second.split("\n").slice(2)).toEqual([
    "| a breaks | it holds | lost |  | 2.0 |",
    "| b breaks | it holds |  | left out: none here | 2.0 |",
    "| c breaks | it holds |  | it goes on; **lost: 2 (x/y)** | 2.0 |",
  ]);
});

test("a text is put between its marks, and a document without them is refused", () => {
  const document = "# A\n\n<!-- chaos -->\nold\n<!-- /chaos -->\n\nrest";
  expect(between(document, "chaos", (before) => `${before} and new`)).toBe(
    "# A\n\n<!-- chaos -->\nold and new\n<!-- /chaos -->\n\nrest",
  );
  expect(() => between("# A", "chaos", () => "")).toThrow("no marks");
  expect(between("<!-- load -->\n\n<!-- /load -->", "load", () => "x")).toBe(
    "<!-- load -->\nx\n<!-- /load -->",
  );
});
