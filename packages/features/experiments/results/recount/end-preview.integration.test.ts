import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  anInput,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../../testing/database-fixtures";
import { writeHistory } from "../../testing/history";
import { aHistory, type HistoryState } from "../../testing/history-states";
import { aWithheldExperiment, WITHHELD_REASONS, WITHHELD_STATES } from "../../testing/withheld";
import { readEffects } from "../end-preview";
import { manySubjects } from "../testing/rows";

const { connectionString } = await testDatabase();
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());

async function counted(state: HistoryState, slug: string) {
  await writeHistory(fixture.database.pool, aHistory(state, slug));
  await fixture.module.recounts.recount(slug, { isPatient: true });
}

async function conclude(slug: string) {
  const { version } = await fixture.module.admin.catalog.get(fixture.admin, slug);
  await fixture.module.admin.lifecycle.conclude(fixture.admin, { slug, version, winnerVariant: null });
  return fixture.module.results.get(fixture.admin, slug);
}

describe("before an experiment that may be read is concluded", () => {
  it("its final figures are those that page, receipt and verification then have, with one population", async () => {
    const slug = "end-two-epochs";
    await counted("two-epochs", slug);
    const preview = await fixture.module.results.previewEnd(fixture.admin, slug);
    expect(preview.population.open).toBeGreaterThan(0);
    const { result, receipt } = await conclude(slug);
    expect(readEffects(result)).toEqual(readEffects(preview.result));
    expect(result?.analysis?.verdict).toEqual(preview.result?.analysis?.verdict);
    expect(result?.population).toEqual(preview.population);
    expect(receipt?.population).toEqual(preview.population);
    expect(receipt?.plan).toEqual({ subjects: 6_000, days: 7 });
    const { subjects, open } = preview.population;
    const { matches, basis } = await fixture.module.verification.verify(slug);
    expect(matches).toBe(true);
    expect(basis).toContain(
      `Compared: all ${subjects} visitors exposed by the end, ${open} of them with a window still open.`,
    );
  });

  it("it is said what counting open windows does, and nothing is stored by asking", async () => {
    const slug = "end-worse";
    await counted("worse", slug);
    const { result: before } = await fixture.module.results.get(fixture.admin, slug);
    const { changes, population } = await fixture.module.results.previewEnd(fixture.admin, slug);
    expect(changes).toHaveLength(1);
    const [change] = changes;
    expect(change?.before).toEqual([...readEffects(before).values()][0]);
    expect(change?.after?.subjects).toBe(population.subjects);
    expect(change?.after?.subjects).toBe((change?.before?.subjects ?? 0) + (before?.leftOut.immature ?? 0));
    expect(change?.after?.lift).not.toBe(change?.before?.lift);
    expect((await fixture.module.results.get(fixture.admin, slug)).result).toEqual(before);
    expect((await fixture.module.admin.catalog.get(fixture.admin, slug)).status).toBe("running");
  });

  it("a test that was read at its planned end stays as it was read, whoever came later", async () => {
    const slug = "end-planned";
    const history = aHistory("unclear", slug);
    const analysis = { mode: "fixed" as const, plannedSubjects: 3_000, minimumRuntimeDays: 7 };
    await writeHistory(fixture.database.pool, { ...history, settings: { ...history.settings, analysis } });
    await fixture.module.recounts.recount(slug, { isPatient: true });
    const { result: before, figures } = await fixture.module.results.get(fixture.admin, slug);
    expect([figures, before?.analysis?.isFinal]).toEqual(["all", true]);
    const preview = await fixture.module.results.previewEnd(fixture.admin, slug);
    expect(preview.result?.analysis).toEqual(before?.analysis);
    expect(preview.changes[0]?.after).toEqual(preview.changes[0]?.before);
    expect(preview).toMatchObject({ endedShort: null, population: { open: 0 } });
    const { result } = await conclude(slug);
    expect(result?.analysis).toEqual(before?.analysis);
    expect(result?.population).toEqual(preview.population);
    const { matches, basis } = await fixture.module.verification.verify(slug);
    expect(matches).toBe(true);
    expect(basis).toContain(
      `Compared: ${preview.population.subjects} visitors who came until the planned end.`,
    );
  });

  it("several who ask at the same time share one count", async () => {
    const slug = "end-shared";
    await counted("unclear", slug);
    const all = await Promise.all(
      Array.from({ length: 5 }, () => fixture.module.recounts.computeAsIfEnded(slug)),
    );
    expect(new Set(all.map((result) => result?.asOf)).size).toBe(1);
    expect(all[0]).not.toBeNull();
  });

  it("what came after the preview is in the end, and can be told apart", async () => {
    const slug = "end-late";
    await counted("keep-going", slug);
    const preview = await fixture.module.results.previewEnd(fixture.admin, slug);
    await manySubjects(fixture.database.pool, slug, {
      variant: "urgent",
      n: 40,
      converted: 0,
      exposedAt: new Date(),
    });
    const { result } = await conclude(slug);
    expect(result?.population?.subjects).toBe(preview.population.subjects + 40);
    expect([...readEffects(result).values()][0]?.lift).not.toBe(
      [...readEffects(preview.result).values()][0]?.lift,
    );
  });
});

describe.each(["too-early", "before-end"] as const)(
  "before an experiment that is %s is concluded",
  (state) => {
    it.each(["running", "paused", "off"] as const)(
      "and %s, it is told who would be read and what falls short, and no figure",
      async (status) => {
        const slug = `end-${state}-${status}`;
        await counted(state, slug);
        const { version } = await fixture.module.admin.catalog.get(fixture.admin, slug);
        if (status !== "running")
          await fixture.module.admin.lifecycle.updateStatus(fixture.admin, {
            slug,
            version,
            action: status === "paused" ? "pause" : "turn_off",
          });
        const { result, changes, population, endedShort } = await fixture.module.results.previewEnd(
          fixture.admin,
          slug,
        );
        expect({ result, changes }).toEqual({ result: null, changes: [] });
        expect(population.subjects).toBeGreaterThan(300);
        if (state === "too-early") expect(endedShort).toBeNull();
        else
          expect(endedShort).toMatchObject({
            units: population.subjects,
            plannedUnits: 6_000,
            plannedDays: 7,
          });
      },
    );
  },
);

it("a fixed test that ended short of its plan says so on the page, in exports, at the receipt and when it is verified", async () => {
  const slug = "end-short";
  await counted("before-end", slug);
  const { endedShort } = await fixture.module.results.previewEnd(fixture.admin, slug);
  const { result, receipt, figures } = await conclude(slug);
  expect(figures).toBe("all");
  expect(result?.analysis?.endedShort).toEqual(endedShort);
  expect(receipt).toMatchObject({ plan: { subjects: 6_000, days: 7 }, endedShort });
  const units = endedShort?.units ?? 0;
  const { results, verification } = fixture.module;
  const json = JSON.parse(await results.exportJson(fixture.admin, slug));
  expect(json.result.analysis.endedShort).toEqual(endedShort);
  expect(json.receipt).toMatchObject({ plan: { subjects: 6_000, days: 7 } });
  const [header = "", line = ""] = (await results.exportCsv(fixture.admin, slug)).split("\n");
  const cell = (name: string) => line.split(",")[header.split(",").indexOf(name)];
  expect([cell("planned_subjects"), cell("planned_days"), cell("ended_short_subjects")]).toEqual([
    "6000",
    "7",
    String(units),
  ]);
  const { matches, basis } = await verification.verify(slug);
  expect(matches).toBe(true);
  expect(basis.join(" ")).toContain("Planned: 6000 visitors and at least 7 days.");
  expect(basis.join(" ")).toContain(
    `Ended after ${units} of 6000 planned visitors: read with an interval that is valid whenever it ended.`,
  );
});

const COMPARING = ["won", "lost", "no_difference"] as const;

describe("while comparisons are withheld", () => {
  const states = [...WITHHELD_STATES, ...WITHHELD_STATES];
  it.each(WITHHELD_REASONS.map((why, index) => [why, states[index] ?? "running"] as const))(
    "of an experiment that is %s and %s, the preview offers the reasons that a conclusion takes, and no others",
    async (state, status) => {
      const { slug, version } = await aWithheldExperiment(fixture, state, status);
      const { reasons } = await fixture.module.results.previewEnd(fixture.admin, slug);
      const isOpen = (reason: (typeof COMPARING)[number]) =>
        state === "without a primary metric" || (state === "with a harm" && reason === "lost");
      expect(COMPARING.map((reason) => reasons.includes(reason))).toEqual(COMPARING.map(isOpen));
      const { lifecycle } = fixture.module.admin;
      for (const reason of COMPARING)
        if (!reasons.includes(reason))
          await expect(
            lifecycle.conclude(fixture.admin, { slug, version, winnerVariant: "urgent", reason }),
          ).rejects.toMatchObject({ code: "invalid_config", field: "reason" });
      const [reason = "invalid"] = reasons;
      const done = await lifecycle.conclude(fixture.admin, { slug, version, winnerVariant: null, reason });
      expect(done).toMatchObject({ status: "concluded", config: { conclusionReason: reason } });
    },
  );

  it("what cannot be concluded is refused for that, whatever the reason", async () => {
    const { editing, lifecycle } = fixture.module.admin;
    const draft = await editing.create(fixture.admin, anInput());
    const running = await aRunningExperiment(fixture);
    const over = await lifecycle.conclude(fixture.admin, {
      slug: running.slug,
      version: running.version,
      winnerVariant: null,
    });
    for (const reason of COMPARING)
      for (const { slug, version } of [draft, over])
        await expect(
          lifecycle.conclude(fixture.admin, { slug, version, winnerVariant: null, reason }),
        ).rejects.toMatchObject({ code: "invalid_transition" });
  });

  it("a reason may rest on the comparison as soon as it may be read", async () => {
    const slug = "end-told";
    await counted("worse", slug);
    const { version } = await fixture.module.admin.catalog.get(fixture.admin, slug);
    const conclusion = { slug, version, winnerVariant: null, reason: "lost" as const };
    const done = await fixture.module.admin.lifecycle.conclude(fixture.admin, conclusion);
    expect(done.config?.conclusionReason).toBe("lost");
  });
});

describe("what is refused", () => {
  it("is asking as a viewer or an editor, and of what cannot be concluded", async () => {
    const { slug, version } = await aRunningExperiment(fixture);
    for (const role of ["VIEWER", "EDITOR"] as const) {
      const userId = await createUser(fixture.database);
      await fixture.database.prisma.experimentMember.create({ data: { userId, role } });
      await expect(fixture.module.results.previewEnd({ userId }, slug)).rejects.toMatchObject({
        code: "not_allowed",
      });
    }
    await expect(fixture.module.results.previewEnd(fixture.admin, "not-there")).rejects.toMatchObject({
      code: "not_found",
    });
    await fixture.module.admin.lifecycle.conclude(fixture.admin, { slug, version, winnerVariant: null });
    await expect(fixture.module.results.previewEnd(fixture.admin, slug)).rejects.toMatchObject({
      code: "invalid_transition",
    });
  });

  it("is nothing where nothing was counted yet: it is counted first, and then said what waits", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const preview = await fixture.module.results.previewEnd(fixture.admin, slug);
    expect(preview).toMatchObject({ result: null, population: { subjects: 0, open: 0 } });
  });
});
