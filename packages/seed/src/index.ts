import { hashPassword } from "@calcom/features/auth/server";
import { DAY_MS } from "@calcom/lib/time";
import type { Prisma } from "@calcom/prisma/client";
import { createDatabase } from "@calcom/prisma/create";
import { demoBookings } from "./bookings";
import { demoConfig, experiments } from "./experiments";
import { flags } from "./flags";
import { DEMO_PASSWORD, personalEventTypes, teams, users } from "./people";

export { DEMO_PASSWORD, demoLogins } from "./people";

// Any number of ours: whoever seeds holds this lock.
const SEED_LOCK = 7_201_123;

/**
 * Fills a migrated database with the demo, in one transaction. Where any of its people is already there, nothing
 * is done, whatever has become of the rest since.
 */
export async function seedDemo({
  connectionString,
}: {
  connectionString: string;
}): Promise<{ seeded: boolean }> {
  const database = createDatabase({ connectionString, max: 2 });
  try {
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    return await database.prisma.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SEED_LOCK})`;
        const emails = users.map(({ email }) => email);
        if ((await tx.user.count({ where: { email: { in: emails } } })) > 0) return { seeded: false };
        await seed(tx, passwordHash, new Date());
        return { seeded: true };
      },
      { timeout: 60_000, maxWait: 10_000 },
    );
  } finally {
    await database.close();
  }
}

type Transaction = Prisma.TransactionClient;

async function seed(tx: Transaction, passwordHash: string, now: Date): Promise<void> {
  const userIds = await seedUsers(tx, passwordHash, now);
  const teamIds = await seedTeams(tx, userIds, now);
  for (const [index, { email, ...eventType }] of personalEventTypes.entries()) {
    await tx.eventType.create({
      data: {
        ...eventType,
        userId: idOf(userIds, email),
        bookings: { create: demoBookings(now, 31 + index) },
      },
    });
  }
  const adminId = idOf(userIds, users[0].email);
  // So that the audit log names who set experiments and flags up.
  await tx.$executeRaw`SELECT set_config('calcom.actor_id', ${String(adminId)}, true)`;
  await seedExperiments(tx, adminId, now);
  await seedFlags(tx, teamIds, adminId);
}

async function seedFlags(
  tx: Transaction,
  teamIds: ReadonlyMap<string, number>,
  adminId: number,
): Promise<void> {
  for (const { teams: differing = {}, ...flag } of flags) {
    const overrides = Object.entries(differing).map(([slug, enabled]) => ({
      teamId: idOf(teamIds, slug),
      enabled,
      assignedBy: adminId,
    }));
    await tx.feature.create({ data: { ...flag, updatedBy: adminId, teams: { create: overrides } } });
  }
}

async function seedUsers(
  tx: Transaction,
  passwordHash: string,
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const created = await tx.user.createManyAndReturn({
    data: users.map(({ joinedDaysAgo, ...user }) => ({
      ...user,
      passwordHash,
      createdAt: daysBefore(now, joinedDaysAgo),
    })),
    select: { id: true, email: true },
  });
  return new Map(created.map(({ id, email }) => [email, id]));
}

async function seedTeams(
  tx: Transaction,
  userIds: ReadonlyMap<string, number>,
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const teamIds = new Map<string, number>();
  for (const [teamIndex, team] of teams.entries()) {
    const { id } = await tx.team.create({
      data: {
        slug: team.slug,
        name: team.name,
        isOrganization: team.isOrganization ?? false,
        parentId: team.parent === undefined ? null : idOf(teamIds, team.parent),
        memberships: {
          create: team.members.map(({ email, role, accepted = true }) => ({
            role,
            accepted,
            userId: idOf(userIds, email),
          })),
        },
        subscription: team.subscription && {
          create: {
            seats: team.subscription.seats,
            pricePerSeat: team.subscription.pricePerSeat,
            purchasedById: idOf(userIds, team.subscription.purchasedBy),
            startedAt: daysBefore(now, team.subscription.startedDaysAgo),
          },
        },
      },
      select: { id: true },
    });
    teamIds.set(team.slug, id);
    for (const [index, eventType] of team.eventTypes.entries()) {
      await tx.eventType.create({
        data: { ...eventType, teamId: id, bookings: { create: demoBookings(now, teamIndex * 5 + index) } },
      });
    }
  }
  return teamIds;
}

async function seedExperiments(tx: Transaction, ownerId: number, now: Date): Promise<void> {
  for (const experiment of experiments) {
    const config = demoConfig(experiment, { ownerId, now });
    await tx.feature.create({
      data: {
        slug: experiment.slug,
        description: experiment.description,
        type: "EXPERIMENT",
        enabled: config.status === "running",
        metadata: config as unknown as Prisma.InputJsonObject,
        updatedBy: ownerId,
        ...(config.epoch > 0 && {
          epochs: {
            create: {
              number: config.epoch,
              weights: Object.fromEntries(config.variants.map(({ name, percentage }) => [name, percentage])),
              trafficPercentage: config.trafficPercentage,
              startedAt: now,
            },
          },
        }),
      },
    });
  }
}

function idOf(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The demo names ${key} before it is there.`);
  return id;
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
