import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countStatements } from "../testing/count-statements";
import {
  anIdentity,
  aRunningExperiment,
  countsOf,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";
import { createEnrolmentLimiter } from "./enrolment-limiter";
import { ProvisionalRowsRepository } from "./provisional-rows.repository";

const { connectionString } = await testDatabase();
let nodes: [Fixture, Fixture];
let fixture: Fixture;
let experiments: Fixture["module"]["experiments"];

beforeAll(async () => {
  const limiter = () => createEnrolmentLimiter({ newVisitorsPerHour: 1e9 });
  nodes = [
    await createFixture(connectionString, { limiter: limiter() }),
    await createFixture(connectionString, { limiter: limiter() }),
  ];
  [fixture] = nodes;
  experiments = fixture.module.experiments;
});
afterAll(() => Promise.all(nodes.map((node) => node.close())));

const aVisitorExperiment = () => aRunningExperiment(fixture, { unit: "visitor" });
const rowsOf = (slug: string) =>
  fixture.database.prisma.experimentVariant.findMany({ where: { experimentSlug: slug } });

/** A page that is opened from elsewhere without a cookie; answers its visitor, and the variant shown. */
async function open(slug: string, visitorId: string = randomUUID()) {
  const [answer] = await experiments.decide(anIdentity({ visitorId, isFirstSight: true }), [{ slug }]);
  return { visitorId, variant: answer?.variant ?? null, reason: answer?.reason };
}

const letADayPass = (slug: string) =>
  fixture.database.pool.query(
    `UPDATE "ExperimentVariant" SET "assignedAt" = "assignedAt" - interval '25 hours' WHERE "experimentSlug" = $1`,
    [slug],
  );

async function sweepADayLater(slug: string): Promise<number> {
  await letADayPass(slug);
  return sweep();
}

/** On all nodes at once; answers how many rows went. */
async function sweep(): Promise<number> {
  const swept = await Promise.all(
    nodes.map(({ database }) => new ProvisionalRowsRepository(database.pool).sweep()),
  );
  return swept.reduce((total, count) => total + count, 0);
}

/** Every number that somebody is told. */
async function allNumbers(slug: string) {
  const { module, admin } = fixture;
  const { total } = await countsOf(fixture, slug);
  const stats = await module.admin.catalog.readStats(admin, slug);
  const { items } = await module.admin.catalog.list(admin, { search: slug });
  const result = await module.recounts.recount(slug, { isPatient: true, since: new Date() });
  return {
    counts: [total.assigned, total.exposed],
    stats: [stats.total.assigned, stats.total.exposed],
    list: items.map(({ assignments }) => assignments),
    described: (await module.admin.catalog.get(admin, slug)).assignments,
    notExposed: result?.leftOut.notExposed,
  };
}
const numbers = (assigned: number, exposed: number) => ({
  counts: [assigned, exposed],
  stats: [assigned, exposed],
  list: [assigned],
  described: assigned,
  notExposed: assigned - exposed,
});

describe("a browser that keeps no cookie", () => {
  it("is shown a variant by each page, is in no number, and leaves nothing", async () => {
    const { slug } = await aVisitorExperiment();
    for (let load = 0; load < 10; load++) {
      const { visitorId, variant, reason } = await open(slug);
      expect(reason).toBe("allocated");
      // What the page reports comes without a cookie, or with that of the next page.
      const report = { slug, visitorId, variant: variant ?? "" };
      const click = { ...report, event: "clicked", key: "1" };
      for (const identity of [anIdentity(), anIdentity({ visitorId: randomUUID() })]) {
        expect(await experiments.recordExposures(identity, [report])).toEqual({ recorded: 0 });
        expect(await experiments.recordConversions(identity, [click])).toEqual({ recorded: 0 });
      }
    }
    expect(await rowsOf(slug)).toHaveLength(10);
    expect(await allNumbers(slug)).toEqual(numbers(0, 0));
    expect(await sweepADayLater(slug)).toBe(10);
    expect(await rowsOf(slug)).toEqual([]);
  });

  it("is not counted by what server code reports with the same page", async () => {
    const { slug } = await aVisitorExperiment();
    const visitorId = randomUUID();
    const identity = anIdentity({ visitorId, isFirstSight: true });
    const click = { slug, event: "clicked", key: "1" };
    for (let part = 0; part < 2; part++) {
      await experiments.decide(identity, [{ slug }]);
      expect(await experiments.recordExposures(identity, [{ slug }])).toEqual({ recorded: 0 });
      expect(await experiments.recordConversions(identity, [click])).toEqual({ recorded: 0 });
      expect(await experiments.trackConversion("clicked", { subject: identity })).toEqual({ recorded: 0 });
    }
    expect(await rowsOf(slug)).toMatchObject([{ isProvisional: true, exposedAt: null }]);
    expect(await sweepADayLater(slug)).toBe(1);
  });
});

describe("a cookie that comes back", () => {
  const later = (visitorId: string) => anIdentity({ visitorId });

  it.each<[string, (slug: string, visitorId: string) => Promise<unknown>, number]>([
    ["with another page", (slug, id) => experiments.decide(later(id), [{ slug }]), 0],
    [
      "with the report that its variant was seen",
      (slug, id) => experiments.recordExposures(later(id), [{ slug }]),
      1,
    ],
    [
      "with a click",
      (slug, id) => experiments.recordConversions(later(id), [{ slug, event: "clicked", key: "1" }]),
      0,
    ],
  ])("%s makes its visitor count, and keep the row", async (_, come, exposed) => {
    const { slug } = await aVisitorExperiment();
    const { visitorId } = await open(slug);
    expect(await allNumbers(slug)).toEqual(numbers(0, 0));
    await come(slug, visitorId);
    expect(await allNumbers(slug)).toEqual(numbers(1, exposed));
    expect(await sweepADayLater(slug)).toBe(0);
    expect(await rowsOf(slug)).toMatchObject([{ visitorId }]);
  });

  it("before there is a row needs no confirmation", async () => {
    const { slug } = await aVisitorExperiment();
    await experiments.decide(later(randomUUID()), [{ slug }]);
    expect(await allNumbers(slug)).toEqual(numbers(1, 0));
    expect(await sweepADayLater(slug)).toBe(0);
  });

  it("is stored once, and costs the reports of exposures nothing", async () => {
    const { slug } = await aVisitorExperiment();
    const { visitorId } = await open(slug);
    const count = (run: () => Promise<unknown>) => countStatements(fixture.database.pool, run);
    const decide = () => experiments.decide(later(visitorId), [{ slug }]);
    expect(await count(decide)).toBe(2);
    expect(await count(decide)).toBe(1);
    const { visitorId: next } = await open(slug);
    // It is found and seen, and not confirmed besides.
    expect(await count(() => experiments.recordExposures(later(next), [{ slug }]))).toBe(2);
    expect(await count(() => experiments.decide(later(next), [{ slug }]))).toBe(1);
  });

  it("is not undone by two nodes that sweep meanwhile: what was answered is stored", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor", assignmentType: "random" });
    const opened = await Promise.all(Array.from({ length: 400 }, () => open(slug)));
    await letADayPass(slug);
    const [returning, others] = [opened.slice(0, 200), opened.slice(200)];
    const told = new Map<string, string | null | undefined>();
    const [swept] = await Promise.all([
      sweep(),
      ...returning.map(async ({ visitorId }, index) => {
        const node = nodes[index % 2] as Fixture;
        const [answer] = await node.module.experiments.decide(later(visitorId), [{ slug }]);
        told.set(visitorId, answer?.variant);
      }),
    ]);
    const stored = new Map((await rowsOf(slug)).map(({ visitorId, variant }) => [visitorId, variant]));
    expect([...told].filter(([id, variant]) => stored.get(id) !== variant)).toEqual([]);
    expect(stored.size).toBe(returning.length);
    expect(swept).toBeGreaterThanOrEqual(others.length);
  });
});

it("a row that server code has credited stays, and one of a person's other browser is confirmed by them", async () => {
  const { slug } = await aVisitorExperiment();
  const { visitorId: credited } = await open(slug);
  expect(await experiments.trackConversion("paid", { subject: { visitorId: credited } })).toEqual({
    recorded: 1,
  });
  const { visitorId: laptop, variant } = await open(slug);
  const userId = await createUser(fixture.database);
  await experiments.linkVisitor(userId, laptop);
  const phone = anIdentity({ userId, visitorId: randomUUID(), isFirstSight: true });
  expect(await experiments.decide(phone, [{ slug }])).toMatchObject([{ variant, reason: "sticky" }]);
  expect(await sweepADayLater(slug)).toBe(0);
  expect((await rowsOf(slug)).map(({ visitorId }) => visitorId).sort()).toEqual([credited, laptop].sort());
});

it("a receipt holds after the sweep, and rests on nobody who did not stay", async () => {
  const { slug, version } = await aVisitorExperiment();
  for (let visitor = 0; visitor < 4; visitor++) await open(slug);
  const { visitorId } = await open(slug);
  await experiments.recordExposures(anIdentity({ visitorId }), [{ slug }]);
  await letADayPass(slug);
  const { module, admin } = fixture;
  await module.admin.lifecycle.conclude(admin, { slug, version, winnerVariant: null });
  const verify = () => module.verification.verify(slug);
  expect(await verify()).toMatchObject({ matches: true, changes: [] });
  expect(await sweep()).toBe(4);
  expect(await verify()).toMatchObject({ matches: true, changes: [], remarks: [] });
  expect(await allNumbers(slug)).toEqual(numbers(1, 1));
});
