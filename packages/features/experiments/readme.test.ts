import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import * as hooks from "./hooks";
import { operandOf } from "./lib/conditions/condition";
import { readDoors } from "./testing/doors";
import type { Reason } from "./types/answers";
import type { ExperimentErrorCode } from "./types/errors";
import { type Status, statusSchema } from "./types/settings";
import { ACTIONS, nextStatus } from "./utils/lifecycle";

const readme = fs.readFileSync(path.join(import.meta.dirname, "README.md"), "utf8");

// The compiler asks for each member of the union, and for no other.
const reasons: Record<Reason, true> = {
  override: true,
  winner: true,
  flag: true,
  sticky: true,
  allocated: true,
  not_running: true,
  bot: true,
  no_unit: true,
  no_consent: true,
  paused: true,
  not_targeted: true,
  excluded: true,
  not_in_traffic: true,
  rate_limited: true,
  unavailable: true,
};
const codes: Record<ExperimentErrorCode, true> = {
  not_found: true,
  slug_taken: true,
  invalid_config: true,
  damaged_config: true,
  invalid_transition: true,
  locked_field: true,
  stale_version: true,
  has_data: true,
  claim_refused: true,
  not_signed_in: true,
  not_allowed: true,
  event_not_declared: true,
  invalid_id: true,
  invalid_conversion: true,
  too_many_links: true,
  rate_limited: true,
  unavailable: true,
};

describe("the README names", () => {
  test("every reason of a decision once, and no other", () => {
    const rows = cellsOf("## Who sees what").map((cells) => cells[3]?.replaceAll("`", ""));
    // Without a database there is no line of the table to stand on: it has a sentence below it.
    const { unavailable: _, ...inTable } = reasons;
    expect(rows.sort()).toEqual(Object.keys(inTable).sort());
    expect(sectionOf("## Who sees what")).toContain("`unavailable`");
  });

  test("every step of the lifecycle as the code has it", () => {
    const [head, ...rows] = cellsOf("## Lifecycle", { withHead: true });
    expect(head).toEqual(["from", ...ACTIONS.map((action) => action.replace("_", " "))]);
    const expected = statusSchema.options.map((status: Status) => [
      status,
      ...ACTIONS.map((action) => nextStatus(status, action) ?? ""),
    ]);
    expect(rows).toEqual(expected);
  });

  test("every error code", () => {
    const section = sectionOf("## Errors");
    expect(Object.keys(codes).filter((code) => !section.includes(`\`${code}\``))).toEqual([]);
  });

  test("everything that the hooks' door hands out", () => {
    const section = sectionOf("## In the browser");
    expect(Object.keys(hooks).filter((name) => !new RegExp(`\`${name}\\b`).test(section))).toEqual([]);
  });
});

describe("the API reference", { timeout: 180_000 }, () => {
  const api = fs.readFileSync(path.join(import.meta.dirname, "API.md"), "utf8");
  const doors = readDoors(["index.ts", "hooks/index.ts", "lib/client/posthog-tracker.ts", "server.ts"]);

  /** The code in the first column of the tables under a heading, up to the next heading. */
  const namesUnder = (heading: string, header = "name") => {
    const section = api.split(`${heading}\n`)[1]?.split(/^#+ /m)[0] ?? "";
    const table = section.split(`| ${header} | |\n`)[1]?.split("\n\n")[0] ?? "";
    return [...table.matchAll(/^\| (`[^|]+) \|/gm)]
      .flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name))
      .sort();
  };

  test.each([
    ["## Anywhere", "index.ts"],
    ["## In the browser", "hooks/index.ts"],
    ["## PostHog in the browser", "lib/client/posthog-tracker.ts"],
    ["## On the server", "server.ts"],
  ])("names under %s all that %s hands out, and nothing else", (heading, door) => {
    expect(namesUnder(heading)).toEqual(doors.exportsOf(door));
  });

  test.each([
    ["### experiments()", "ExperimentsService"],
    ["### experimentResults()", "ResultsService"],
    ["### experimentPreviews()", "PreviewService"],
  ])("names under %s every method of %s, and no other", (heading, name) => {
    expect(namesUnder(heading, "method")).toEqual(doors.membersOf("server.ts", name));
  });

  test("names under experimentsAdmin() every method of every service, and no other", () => {
    expect(namesUnder("### experimentsAdmin()", "method")).toEqual(
      doors.methodsOf("server.ts", "ExperimentsAdmin"),
    );
  });

  test("names every option of a hook", () => {
    expect(namesUnder("## In the browser", "option")).toEqual(
      doors.membersOf("hooks/index.ts", "UseExperimentOptions"),
    );
  });
});

test("TARGETING.md has every operator of a condition", () => {
  const page = fs.readFileSync(path.join(import.meta.dirname, "lib/TARGETING.md"), "utf8");
  expect(Object.keys(operandOf).filter((operator) => !page.includes(`\`${operator}\``))).toEqual([]);
});

function sectionOf(heading: string): string {
  const [, section] = readme.split(`${heading}\n`);
  return section?.split(/^## /m)[0] ?? "";
}

/** The rows of a section's first table. */
function cellsOf(heading: string, { withHead = false } = {}): string[][] {
  const table = /(?:^\|.*\n)+/m.exec(sectionOf(heading))?.[0] ?? "";
  const [head = [], , ...rows] = table
    .trim()
    .split("\n")
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return withHead ? [head, ...rows] : rows;
}
