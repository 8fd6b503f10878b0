import { describe, expect, test } from "vitest";
import { aConfig } from "../testing/builders";
import type { ExperimentConfig } from "../types/config";
import type { PersonShow } from "../types/people";
import { compileExperiment, compilePlainFlag } from "./compile";
import { isShown, type LineRow, listLines, type PersonIds } from "./person-lines";

const anExperiment = (slug: string, changes: Partial<ExperimentConfig> = {}) =>
  compileExperiment(slug, 1, aConfig(changes));
const aRow = (slug: string, unit: LineRow["unit"], unitId: string, day = 1): LineRow => ({
  slug,
  unit,
  unitId,
  assignedAt: new Date(Date.UTC(2026, 0, day)),
});

const user: PersonIds = { unit: "user", userId: 12, teamIds: [3, 4], visitorIds: ["here", "there"] };
const team: PersonIds = { unit: "team", userId: null, teamIds: [3], visitorIds: [] };
const visitor: PersonIds = { unit: "visitor", userId: 12, teamIds: [], visitorIds: ["here", "there"] };

const all = [
  anExperiment("for-users"),
  anExperiment("for-teams", { unit: "team" }),
  anExperiment("for-visitors", { unit: "visitor" }),
  compilePlainFlag("a-flag", 1, true),
];
const named = (ids: PersonIds, rows: LineRow[] = []) =>
  listLines(all, ids, rows).map(({ experiment, unitId }) => `${experiment.slug} ${unitId}`);

describe("who answers", () => {
  test("a user for themselves, for each of their teams, and for the browser that they used last", () => {
    expect(named(user).sort()).toEqual(
      ["for-users 12", "for-teams 3", "for-teams 4", "for-visitors here", "a-flag 12"].sort(),
    );
  });

  test("a team for itself alone, and a visitor for the browser alone", () => {
    expect(named(team).sort()).toEqual(["a-flag 3", "for-teams 3"]);
    expect(named(visitor)).toEqual(["for-visitors here"]);
  });

  test("nobody where no browser is known", () => {
    expect(named({ ...user, visitorIds: [] })).toContain("for-visitors null");
  });

  test("a row of another browser of the person is theirs in each", () => {
    const rows = [aRow("for-visitors", "visitor", "there"), aRow("for-visitors", "visitor", "elsewhere")];
    const [line] = listLines(all, visitor, rows);
    expect(line?.rows).toEqual([rows[0]]);
  });

  test("a row of a team is no user's of the same number", () => {
    const [line] = listLines([anExperiment("for-users")], user, [aRow("for-users", "team", "12")]);
    expect(line?.rows).toEqual([]);
  });
});

test("what they have a row of comes first, the latest on top, then what is live, then what is over", () => {
  const experiments = [
    anExperiment("c-over", { status: "concluded" }),
    anExperiment("d-draft", { status: "draft" }),
    anExperiment("b-live"),
    anExperiment("a-live"),
    anExperiment("z-older"),
    anExperiment("y-newer", { status: "concluded" }),
    compilePlainFlag("0-flag", 1, true),
  ];
  const rows = [aRow("z-older", "user", "12", 1), aRow("y-newer", "user", "12", 2)];
  expect(listLines(experiments, user, rows).map(({ experiment }) => experiment.slug)).toEqual([
    "y-newer",
    "z-older",
    "a-live",
    "b-live",
    "c-over",
    "d-draft",
    "0-flag",
  ]);
});

test.each<[PersonShow, string[] | null, string[]]>([
  ["all", null, ["for-users", "other", "a-flag"]],
  ["assigned", null, ["for-users"]],
  ["unassigned", null, ["other"]],
  ["flags", null, ["a-flag"]],
  ["all", ["other"], ["other"]],
  ["assigned", ["other"], []],
])("shows %s of %j", (show, slugs, shown) => {
  const experiments = [anExperiment("for-users"), anExperiment("other"), compilePlainFlag("a-flag", 1, true)];
  const lines = listLines(experiments, user, [aRow("for-users", "user", "12")]);
  const found = lines.filter((line) => isShown(line, show, slugs && new Set(slugs)));
  expect(found.map(({ experiment }) => experiment.slug)).toEqual(shown);
});
