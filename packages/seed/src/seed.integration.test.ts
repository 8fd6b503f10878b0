import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createAuth } from "@calcom/features/auth/server";
import { createBilling } from "@calcom/features/billing/server";
import { experimentConfigSchema } from "@calcom/features/experiments/types";
import { createTeams } from "@calcom/features/teams/server";
import { createDatabase } from "@calcom/prisma/create";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_PASSWORD, seedDemo } from "./index";

const { connectionString } = await testDatabase();
const database = createDatabase({ connectionString });
const { prisma } = database;
afterAll(() => database.close());

const idOf = async (email: string) => (await prisma.user.findUniqueOrThrow({ where: { email } })).id;
const counts = async () => ({
  users: await prisma.user.count(),
  teams: await prisma.team.count(),
  memberships: await prisma.membership.count(),
  bookings: await prisma.booking.count(),
  features: await prisma.feature.count(),
  epochs: await prisma.experimentEpoch.count(),
  audit: await prisma.auditLog.count(),
});

describe("seedDemo", () => {
  beforeAll(async () => {
    // Two starters at once: one seeds, the other waits and finds it done.
    const results = await Promise.all([seedDemo({ connectionString }), seedDemo({ connectionString })]);
    expect(results.filter(({ seeded }) => seeded)).toHaveLength(1);
  });

  test("changes nothing the next time, also after the demo was edited", async () => {
    await prisma.team.delete({ where: { slug: "night-shift" } });
    const before = await counts();
    expect(await seedDemo({ connectionString })).toEqual({ seeded: false });
    expect(await counts()).toEqual(before);
  });

  test.each([
    ["admin@example.com", "individual", "ADMIN"],
    ["ida@example.com", "individual", "USER"],
    ["tom@example.com", "teams", "USER"],
    ["olga@example.com", "organization", "USER"],
    ["felix@example.com", "organization", "USER"],
    ["sam@example.com", "individual", "USER"],
    ["lena@example.com", "individual", "USER"],
  ])("%s can sign in and is on plan %s, as %s", async (email, plan, role) => {
    const user = (await createAuth(database).signIn({ email, password: DEMO_PASSWORD }))?.user;
    expect(user).toMatchObject({ email, role });
    expect(await createTeams(database).planOf(user?.id ?? 0)).toBe(plan);
  });

  test("each experiment's metadata is what the experiments read, and mirrors its status", async () => {
    const features = await prisma.feature.findMany({
      where: { type: "EXPERIMENT" },
      include: { epochs: true },
    });
    expect(features).toHaveLength(5);
    for (const { slug, enabled, metadata, epochs } of features) {
      const config = experimentConfigSchema.parse(metadata);
      expect(config, slug).toEqual(metadata);
      expect(enabled, slug).toBe(config.status === "running");
      expect(epochs.length, slug).toBe(config.epoch);
      for (const epoch of epochs) {
        expect(epoch.number, slug).toBe(config.epoch);
        expect(epoch.weights, slug).toEqual(
          Object.fromEntries(config.variants.map(({ name, percentage }) => [name, percentage])),
        );
      }
    }
  });

  test("the audit log names the admin who set experiments and flags up", async () => {
    const adminId = await idOf("admin@example.com");
    const entries = await prisma.auditLog.findMany({ where: { tableName: "Feature" } });
    expect(entries).toHaveLength(10);
    expect(entries.every(({ actorId }) => actorId === adminId)).toBe(true);
  });

  test("members see their team with bookings to come; others and invited people see nothing", async () => {
    const teams = createTeams(database);
    const seen = await teams.dashboard(await idOf("tom@example.com"), "design-studio");
    expect(seen?.bookings.length).toBeGreaterThan(0);
    expect(seen?.bookings.every(({ startsAt }) => startsAt > new Date())).toBe(true);
    expect(seen?.upcomingCount).toBeGreaterThanOrEqual(seen?.bookings.length ?? 0);
    expect(await teams.dashboard(await idOf("ida@example.com"), "design-studio")).toBeNull();
    expect(await teams.dashboard(await idOf("lena@example.com"), "design-studio")).toBeNull();
  });

  test("bookings start on working days, and were made before they start", async () => {
    const bookings = await prisma.booking.findMany();
    for (const { startsAt, createdAt } of bookings) {
      expect([0, 6]).not.toContain(startsAt.getUTCDay());
      expect(createdAt.getTime()).toBeLessThanOrEqual(startsAt.getTime());
    }
  });

  test("the owner sees a past of invoices", async () => {
    const { subscriptions } = await createBilling(database).overview(await idOf("tom@example.com"));
    expect(subscriptions).toMatchObject([
      { team: { slug: "design-studio" }, role: "OWNER", seats: 6, seatsTaken: 4, pricePerSeatCents: 2_000 },
    ]);
    expect(subscriptions[0]?.invoices.length).toBeGreaterThanOrEqual(4);
  });
});
