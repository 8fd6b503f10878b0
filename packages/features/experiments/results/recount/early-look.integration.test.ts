import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFixture, createUser, type Fixture } from "../../testing/database-fixtures";
import { writeHistory } from "../../testing/history";
import { aHistory, type HistoryState } from "../../testing/history-states";

const { connectionString } = await testDatabase();
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());

async function computed(state: HistoryState, slug: string) {
  await writeHistory(fixture.database.pool, aHistory(state, slug));
  const stored = await fixture.module.recounts.recount(slug, { isPatient: true });
  if (stored?.analysis == null) throw new Error(`${slug} has no analysis.`);
  return stored;
}

async function aPerson(role: "viewer" | "editor" | "admin") {
  const userId = await createUser(fixture.database);
  await fixture.database.prisma.experimentMember.create({
    data: { userId, role: role.toUpperCase() as "VIEWER" },
  });
  return { userId };
}

const looksAt = async (slug: string) =>
  (await fixture.module.admin.activity.list(fixture.admin, { slug })).entries.filter(
    ({ action }) => action === "LOOK",
  );

describe.each(["too-early", "before-end"] as const)("results that are %s", (state) => {
  const slug = `early-${state}`;

  it("leave no door with anything by which one variant could be held against another", async () => {
    await computed(state, slug);
    const { results } = fixture.module;
    const view = await results.get(fixture.admin, slug);
    expect(view.figures).toBe("withheld");
    expect(view.result?.exposed.control).toBeGreaterThan(0);
    for (const { arms, comparisons } of view.result?.analysis?.metrics ?? []) {
      expect(comparisons.map(({ status }) => status)).toEqual(comparisons.map(() => "withheld"));
      for (const { value, interval, chanceToBeBest } of arms)
        expect({ value, interval, chanceToBeBest }).toEqual({
          value: null,
          interval: null,
          chanceToBeBest: null,
        });
    }
    expect(view.result?.series.effects).toEqual([]);
    expect([view.result?.novelty, view.result?.segments]).toEqual([[], []]);
    expect(view.result?.metrics.flatMap(({ epochs }) => epochs)).toEqual([]);
    expect((await results.refresh(fixture.admin, slug)).figures).toBe("withheld");
    expect(JSON.parse(await results.exportJson(fixture.admin, slug)).result).toMatchObject({
      series: { effects: [] },
      segments: [],
    });
    const [header = "", ...lines] = (await results.exportCsv(fixture.admin, slug)).trim().split("\n");
    const lift = header.split(",").indexOf("lift");
    expect(lines.map((line) => line.split(",")[lift])).toEqual(lines.map(() => ""));
  });

  it("are shown to an admin who asks for them, and the log says who looked and what was to be seen", async () => {
    const { userId } = await aPerson("admin");
    expect(await looksAt(slug)).toEqual([]);
    const view = await fixture.module.results.lookEarly({ userId }, slug);
    expect(view.figures).toBe("early");
    expect(view.counts?.withheldUntil).toBeNull();
    expect(view.counts?.variants.map(({ converted }) => converted)).toEqual([
      expect.any(Number),
      expect.any(Number),
    ]);
    const [primary] = view.result?.analysis?.metrics ?? [];
    // Where even the methods want more subjects, a reason stands in place of a comparison.
    expect(primary?.comparisons.map(({ status }) => status)).toEqual([
      state === "too-early" ? "withheld" : "compared",
    ]);
    expect(primary?.arms.map(({ value }) => value)).toEqual([expect.any(Number), expect.any(Number)]);
    expect(["too_early", "before_planned_end"]).toContain(view.result?.analysis?.verdict.code);
    const [look, ...others] = await looksAt(slug);
    expect(others).toEqual([]);
    expect(look).toMatchObject({ slug, actor: { id: userId } });
    expect(look?.differences.map(({ path }) => path.split(".")[0])).toEqual(
      expect.arrayContaining(["asOf", "exposed", "mode", "verdict"]),
    );
    // Looking opens nothing for the next one.
    expect((await fixture.module.results.get({ userId }, slug)).figures).toBe("withheld");
  });

  it.each(["viewer", "editor"] as const)("are refused to a %s, and nothing is recorded", async (role) => {
    const before = await looksAt(slug);
    await expect(fixture.module.results.lookEarly(await aPerson(role), slug)).rejects.toMatchObject({
      code: "not_allowed",
    });
    expect(await looksAt(slug)).toEqual(before);
  });
});

it("what may be read by everybody is no early look", async () => {
  await computed("unclear", "not-early");
  const view = await fixture.module.results.lookEarly(fixture.admin, "not-early");
  expect(view.figures).toBe("all");
  expect(await looksAt("not-early")).toEqual([]);
});
