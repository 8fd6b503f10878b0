import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anIdentity, aRunningExperiment, createFixture, type Fixture } from "../testing/database-fixtures";
import { createEnrolmentLimiter } from "./enrolment-limiter";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let experiments: Fixture["module"]["experiments"];

beforeAll(async () => {
  fixture = await createFixture(connectionString, {
    limiter: createEnrolmentLimiter({ newVisitorsPerHour: 1 }),
  });
  experiments = fixture.module.experiments;
});
afterAll(() => fixture.close());

const rowsOf = (slug: string) =>
  fixture.database.prisma.experimentVariant.findMany({ where: { experimentSlug: slug } });
const aVisitor = () => anIdentity({ visitorId: randomUUID(), address: null });

describe("foreseeing", () => {
  it("says what deciding will say, and writes nothing", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    for (let visitor = 0; visitor < 20; visitor++) {
      const identity = aVisitor();
      const [foreseen] = await experiments.foresee(identity, [{ slug }]);
      expect(await rowsOf(slug)).toHaveLength(visitor);
      const [decided] = await experiments.decide(identity, [{ slug }]);
      expect(foreseen).toEqual(decided);
      expect(await experiments.foresee(identity, [{ slug }])).toMatchObject([
        { variant: decided?.variant, reason: "sticky" },
      ]);
    }
  });

  it("knows no draw beforehand, and what was drawn afterwards", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor", assignmentType: "random" });
    const identity = aVisitor();
    expect(await experiments.foresee(identity, [{ slug }])).toEqual([null]);
    const [drawn] = await experiments.decide(identity, [{ slug }]);
    expect(await experiments.foresee(identity, [{ slug }])).toMatchObject([{ variant: drawn?.variant }]);
  });

  it("takes no place from the visitors of an address", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const office = { address: "203.0.113.9" };
    for (let visitor = 0; visitor < 3; visitor++) {
      const [foreseen] = await experiments.foresee({ ...aVisitor(), ...office }, [{ slug }]);
      expect(foreseen?.reason).toBe("allocated");
    }
    const [decided] = await experiments.decide({ ...aVisitor(), ...office }, [{ slug }]);
    expect(decided?.reason).toBe("allocated");
  });
});

describe("a report of what a page has shown", () => {
  it("is counted where that is the stored variant, also where its row is written with the report", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const identity = aVisitor();
    const [foreseen] = await experiments.foresee(identity, [{ slug }]);
    const report = { slug, variant: foreseen?.variant ?? "" };
    expect(await experiments.recordExposures(identity, [report])).toEqual({ recorded: 1 });
    expect(await rowsOf(slug)).toMatchObject([
      { variant: foreseen?.variant, exposedAt: expect.any(Date) as Date },
    ]);
  });

  it("is not counted where another variant was stored since", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const identity = aVisitor();
    const [decided] = await experiments.decide(identity, [{ slug }]);
    const other = decided?.variant === "control" ? "urgent" : "control";
    expect(await experiments.recordExposures(identity, [{ slug, variant: other }])).toEqual({ recorded: 0 });
    expect(await rowsOf(slug)).toMatchObject([{ exposedAt: null }]);
    expect(await experiments.recordExposures(identity, [{ slug }])).toEqual({ recorded: 1 });
  });
});
