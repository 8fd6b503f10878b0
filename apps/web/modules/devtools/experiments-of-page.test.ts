import type { ExperimentAnswer } from "@calcom/features/experiments";
import { describe, expect, test } from "vitest";
import { experimentsOfPage } from "./experiments-of-page";
import type { PagePart } from "./page-registry";

function anAnswer(changes: Partial<ExperimentAnswer> = {}): ExperimentAnswer {
  return {
    slug: "upgrade-button-test",
    variant: "urgent",
    reason: "sticky",
    unit: "user",
    subject: "user:12",
    isControl: false,
    isNewAssignment: false,
    assignmentType: "deterministic",
    payload: null,
    ...changes,
  } as ExperimentAnswer;
}

function aPart(answers: ExperimentAnswer[], store: Partial<PagePart["store"]> = {}): PagePart {
  return { answers, store: { asked: new Map(), seen: new Set(), subscribe: () => () => {}, ...store } };
}

const nothing: ReadonlySet<string> = new Set();

describe("the experiments of a page", () => {
  test("are those that its providers decided and those that its components asked for, by slug", () => {
    const asked: PagePart["store"]["asked"] = new Map<string, ExperimentAnswer | { error: Error }>([
      ["asked undefined", anAnswer({ slug: "asked" })],
      ["failed undefined", { error: new Error("no") }],
    ]);
    const page = experimentsOfPage([aPart([anAnswer()], { asked })], [], nothing);
    expect(page.map(({ slug }) => slug)).toEqual(["asked", "upgrade-button-test"]);
  });

  test("show the inner provider's answer where two name one", () => {
    const parts = [aPart([anAnswer({ variant: "urgent" })]), aPart([anAnswer({ variant: "control" })])];
    expect(experimentsOfPage(parts, [], nothing)).toMatchObject([{ variant: "urgent" }]);
  });

  test("offer the variants of those that the server knows, control first", () => {
    const choice = {
      slug: "upgrade-button-test",
      status: "running",
      variants: ["urgent", "control"],
      control: "control",
    };
    const page = experimentsOfPage(
      [aPart([anAnswer(), anAnswer({ slug: "unknown" })])],
      [choice as never],
      nothing,
    );
    expect(page.map(({ variants }) => variants)).toEqual([[], ["control", "urgent"]]);
  });
});

test.each([
  ["not_shown", "sticky", [], []],
  ["waiting", "sticky", ["upgrade-button-test user:12"], []],
  ["sent", "allocated", ["upgrade-button-test user:12"], ["upgrade-button-test user:12"]],
  ["waiting", "sticky", ["upgrade-button-test user:12"], ["upgrade-button-test user:7"]],
  ["not_counted", "override", ["upgrade-button-test user:12"], ["upgrade-button-test user:12"]],
  ["not_counted", "winner", [], []],
] as const)("an exposure is %s (%s, seen %j, taken %j)", (exposure, reason, seen, delivered) => {
  const part = aPart([anAnswer({ reason })], { seen: new Set(seen) });
  expect(experimentsOfPage([part], [], new Set(delivered))).toMatchObject([{ exposure }]);
});
