import { testDatabase } from "@calcom/embedded-postgres/testing";
import { registerMetrics } from "@calcom/features/experiments/server";
import {
  aRunningExperiment,
  createFixture,
  createTeam,
  createUser,
  type Fixture,
} from "@calcom/features/experiments/testing/database";
import { DAY_MS } from "@calcom/lib/time";
import { afterAll, beforeAll, expect, it } from "vitest";
import { experimentMetrics } from "./experiments.metrics";

const { connectionString } = await testDatabase();
let fixture: Fixture;

beforeAll(async () => {
  registerMetrics(experimentMetrics);
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());

const settings = {
  conversionWindowDays: 5,
  metrics: { primary: "upgrade", secondary: ["monthly-revenue"], guardrails: ["bookings-per-event-type"] },
};

it.each(["user", "team"] as const)(
  "the metrics of the application read its tables as they are (unit %s)",
  async (unit) => {
    const { pool, prisma } = fixture.database;
    const { slug } = await aRunningExperiment(fixture, { ...settings, unit });
    const exposedAt = new Date(Date.now() - 20 * DAY_MS);
    const during = new Date(exposedAt.getTime() + DAY_MS);
    const userId = await createUser(fixture.database);
    const teamId = await createTeam(fixture.database, [userId]);
    await pool.query(
      `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "userId", "teamId", "assignmentType", "epoch", "assignedAt", "exposedAt")
     VALUES ($1, 'urgent', $2, $3, 'DETERMINISTIC', 1, $4, $4)`,
      [slug, unit === "user" ? userId : null, unit === "team" ? teamId : null, exposedAt],
    );
    await prisma.subscription.create({
      data: { teamId, purchasedById: userId, seats: 3, pricePerSeat: 12, startedAt: during },
    });
    const owner = unit === "user" ? { userId } : { teamId };
    const type = { title: "Call", durationMinutes: 15, createdAt: during, ...owner };
    await prisma.eventType.create({ data: { ...type, slug: "call" } });
    await prisma.eventType.create({
      data: {
        ...type,
        slug: "meet",
        bookings: {
          create: {
            attendeeName: "Al",
            attendeeEmail: "al@example.com",
            startsAt: during,
            createdAt: during,
          },
        },
      },
    });
    const result = await fixture.module.recounts.recount(slug, { isPatient: true });
    expect(result?.unknownMetrics).toEqual([]);
    expect(
      result?.metrics.map(({ key, role, epochs }) => ({ key, role, arm: epochs[0]?.arms.urgent })),
    ).toEqual([
      { key: "upgrade", role: "primary", arm: { kind: "rate", n: 1, conversions: 1 } },
      {
        key: "monthly-revenue",
        role: "secondary",
        arm: { kind: "mean", n: 1, value: { mean: 36, m2: 0, min: 36 } },
      },
      {
        key: "bookings-per-event-type",
        role: "guardrail",
        arm: {
          kind: "ratio",
          n: 1,
          numerator: { mean: 1, m2: 0, min: 1 },
          denominator: { mean: 2, m2: 0, min: 2 },
          comoment: 0,
        },
      },
    ]);
  },
);
