import { testDatabase } from "@calcom/embedded-postgres/testing";
import { sampled } from "@calcom/lib/env-of-tests";
import { DAY_MS } from "@calcom/lib/time";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MetricRegistry } from "../../metrics/registry";
import { createEnrolmentLimiter } from "../../serve/enrolment-limiter";
import { aRunningExperiment, createFixture, createUser, type Fixture } from "../../testing/database-fixtures";
import type { Recount } from "../recount-rows";
import { countSegmentUnits } from "../segment-units";
import { MOST_VALUES, readSegmentData } from "../segments";
import { anAssignment } from "../testing/rows";
import { RecountRepository } from "./recount.repository";
import { buildRecountSql } from "./recount-sql";
import { aBusyHistory } from "./testing/busy-history";
import { metrics, SETTINGS } from "./testing/busy-metrics";
import { readSlowly, type SlowSubject, sumUp } from "./testing/slow-reading";

const { connectionString } = await testDatabase();
let nodes: [Fixture, Fixture, Fixture];
let fixture: Fixture;

beforeAll(async () => {
  const registry = new MetricRegistry();
  registry.register(Object.values(metrics));
  const aNode = () =>
    createFixture(connectionString, {
      metrics: registry,
      limiter: createEnrolmentLimiter({ newVisitorsPerHour: 1e9, eventsPerMinute: 1e9 }),
    });
  nodes = [await aNode(), await aNode(), await aNode()];
  fixture = nodes[0];
});
afterAll(() => Promise.all(nodes.map((node) => node.close())));

/** As where counts are added to later ones: few people are none of them yet. */
const ALL_SIZES = { most: MOST_VALUES, least: 1 };

const dayOf = (time: Date) => time.toISOString().slice(0, 10);

/** Exposed subjects with each value, whatever their windows, by "value epoch variant". */
function countSlowly(subjects: SlowSubject[], fact: string, cut: string | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { facts, epoch, variant, exposedAt } of subjects) {
    if (exposedAt === null || (cut !== null && dayOf(exposedAt) >= cut) || facts[fact] === undefined)
      continue;
    const key = `${facts[fact]} ${epoch} ${variant}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function countsOf(recount: Recount, fact: string, cut: string | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const segment of countSegmentUnits(recount, new Map(), cut))
    for (const { epoch, units } of segment.fact === fact ? segment.split : [])
      for (const [variant, n] of Object.entries(units)) counts.set(`${segment.value} ${epoch} ${variant}`, n);
  return counts;
}

const totalOf = (counts: Map<string, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0);

/** What a subject brought, within bounds and cap, as the metric's definition has it. */
function revenueOf({ happened }: SlowSubject): number {
  const values = happened.filter(({ event }) => event === "bought").map(({ value }) => value);
  return Math.min(
    120,
    values.reduce((sum, value) => sum + Math.max(0, Math.min(90, value)), 0),
  );
}

function expectSameMoments(recount: Recount, subjects: SlowSubject[], cut: string): void {
  const plans = readSegmentData(recount, metrics.revenue, new Map()).filter(({ fact }) => fact === "plan");
  expect(plans.length).toBeGreaterThan(1);
  for (const { value, epochs } of plans) {
    const slow = sumUp(
      subjects.filter(({ facts }) => facts.plan === value),
      cut,
      (subject) => [revenueOf(subject), 0],
    );
    const fast = epochs.flatMap(({ epoch, arms }) =>
      Object.entries(arms).map(([variant, arm]) => ({ epoch, variant, ...arm })),
    );
    expect(fast).toHaveLength(slow.length);
    for (const { epoch, variant, n, y } of slow)
      expect(fast).toContainEqual(
        expect.objectContaining({
          epoch,
          variant,
          n,
          value: expect.objectContaining({ mean: expect.closeTo(y.mean, 6), m2: expect.closeTo(y.m2, 4) }),
        }),
      );
  }
}

const HISTORIES = [
  ["user", 11, "running", true],
  ["user", 13, "ended", false],
  ["team", 31, "running", false],
  ["team", 32, "ended", true],
  ["visitor", 21, "running", true],
  ["visitor", 22, "running", false],
  ["visitor", 23, "ended", true],
] as const;
/** Each unit, both states, with a metric and without. */
const ALWAYS: readonly number[] = [11, 32, 22];

describe("subjects by segment", () => {
  it.each(sampled(HISTORIES, ([, seed]) => ALWAYS.includes(seed)))(
    "equal a plain reading of all rows at every look (%s, seed %i, %s, with a metric: %s)",
    { timeout: 180_000 },
    async (unit, seed, state, hasMetric) => {
      const history = { unit, seed, hasEnded: state === "ended" };
      const { slug, endedAt } = await aBusyHistory(nodes, connectionString, history);
      const { pool } = fixture.database;
      const windowDays = SETTINGS.conversionWindowDays;
      const question = {
        unit,
        metrics: hasMetric ? [metrics.revenue] : [],
        segmented: hasMetric ? "revenue" : null,
        kept: ALL_SIZES,
      };
      const { recount } = await new RecountRepository(pool).run((asOf) => ({
        statement: buildRecountSql(question),
        parameters: [
          slug,
          windowDays * 24,
          endedAt?.toISOString() ?? null,
          dayOf(new Date(asOf.getTime() - 9 * DAY_MS)),
        ],
      }));
      const { subjects } = await readSlowly(pool, { slug, unit, windowDays, endedAt, cut: null });
      for (const cut of [null, ...[4, 11, 19].map((days) => dayOf(new Date(Date.now() - days * DAY_MS)))])
        for (const fact of ["plan", "beta"]) {
          const slow = countSlowly(subjects, fact, cut);
          expect(countsOf(recount, fact, cut)).toEqual(slow);
          if (cut === null) expect(totalOf(slow)).toBeGreaterThan(30);
        }
      if (hasMetric) expectSameMoments(recount, subjects, dayOf(new Date(Date.now() - 9 * DAY_MS)));
      // Of many values the largest; the others are counted, and named by number.
      const slow = countSlowly(subjects, "seats", null);
      const kept = countsOf(recount, "seats", null);
      const sizes = new Map<string, number>();
      for (const [key, n] of slow) {
        const [value = ""] = key.split(" ");
        sizes.set(value, (sizes.get(value) ?? 0) + n);
      }
      const values = new Set([...kept.keys()].map((key) => key.split(" ")[0] ?? ""));
      expect(values.size).toBe(MOST_VALUES);
      for (const [key, n] of kept) expect(slow.get(key)).toBe(n);
      const left = [...sizes].filter(([value]) => !values.has(value)).map(([, n]) => n);
      expect(Math.max(...left)).toBeLessThanOrEqual(
        Math.min(...[...values].map((value) => sizes.get(value) ?? 0)),
      );
      expect(recount.smallSegments).toEqual([
        { fact: "seats", values: left.length, subjects: left.reduce((sum, n) => sum + n, 0) },
      ]);
      expect(countSegmentUnits(recount, new Map(), null).map(({ fact }) => fact)).not.toContain("teamIds");
    },
  );

  it("are those of the browser that a person saw first, whatever is known of the others", async () => {
    const { pool } = fixture.database;
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor", conversionWindowDays: 90 });
    const userId = await createUser(fixture.database);
    const exposedAt = new Date(Date.now() - DAY_MS);
    for (const [variant, plan, ms] of [
      ["urgent", "teams", 0],
      ["control", "individual", 3_600_000],
    ] as const) {
      const visitorId = crypto.randomUUID();
      const at = new Date(exposedAt.getTime() + ms);
      await anAssignment(pool, slug, { variant, visitorId, exposedAt: at, metadata: { plan } });
      await fixture.module.experiments.linkVisitor(userId, visitorId);
    }
    // Neither who was imported nor who has seen nothing is split by lot.
    await anAssignment(pool, slug, { assignmentType: "IMPORTED", metadata: { plan: "organization" } });
    await anAssignment(pool, slug, { exposedAt: null, metadata: { plan: "organization" } });
    const result = await fixture.module.recounts.recount(slug, { isPatient: true });
    // Its window is open for three months more, and its split is looked at all the same.
    expect(result?.analysis?.split.variants.map(({ observed }) => observed)).toEqual([0, 1]);
    const { recount } = await new RecountRepository(pool).run(() => ({
      statement: buildRecountSql({ unit: "visitor", metrics: [], segmented: null, kept: ALL_SIZES }),
      parameters: [slug, 90 * 24, null, null],
    }));
    expect(countSegmentUnits(recount, new Map([[1, { control: 50, urgent: 50 }]]), null)).toEqual([
      {
        fact: "plan",
        value: "teams",
        split: [{ epoch: 1, weights: { control: 50, urgent: 50 }, units: { urgent: 1 } }],
      },
    ]);
  });
});
