import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { afterAll, describe, expect, test } from "vitest";
import { createTeams } from "../teams/server";
import { createBilling } from "./server";

const { connectionString } = await testDatabase();
const database = createDatabase({ connectionString });
const { prisma } = database;
afterAll(() => database.close());
const billing = createBilling(database);
const teams = createTeams(database);

let count = 0;
async function somebody(): Promise<number> {
  count += 1;
  const { id } = await prisma.user.create({
    data: { email: `person-${count}@example.com`, name: `Person ${count}`, passwordHash: "unused" },
  });
  return id;
}
const anOrder = (slug: string, seats = 3) => ({ name: "Harbour Office", slug, seats });

describe("startTeam", () => {
  test("makes the buyer the owner of a subscribed team, and so moves them to the plan teams", async () => {
    const userId = await somebody();
    expect(await teams.planOf(userId)).toBe("individual");

    const { teamId } = await billing.startTeam(userId, anOrder("harbour-office"), 2_050);

    expect(await teams.planOf(userId)).toBe("teams");
    const { subscriptions } = await billing.overview(userId);
    expect(subscriptions).toMatchObject([
      {
        team: { id: teamId, slug: "harbour-office", name: "Harbour Office" },
        role: "OWNER",
        seats: 3,
        seatsTaken: 1,
        pricePerSeatCents: 2_050,
        invoices: [{ amountCents: 6_150 }],
      },
    ]);
  });

  test("a taken address is refused at its field and leaves nothing behind", async () => {
    await billing.startTeam(await somebody(), anOrder("first-come"), 2_000);
    const late = await somebody();
    await expect(billing.startTeam(late, anOrder("first-come"), 2_000)).rejects.toMatchObject({
      kind: "conflict",
      code: "team_slug_taken",
      field: "slug",
    });
    expect(await prisma.membership.count({ where: { userId: late } })).toBe(0);
    expect(await teams.planOf(late)).toBe("individual");
  });

  test("of ten orders of one address at once one wins, and no other leaves half a team", async () => {
    const people = await Promise.all(Array.from({ length: 10 }, somebody));
    const results = await Promise.allSettled(
      people.map((userId) => billing.startTeam(userId, anOrder("rush-hour"), 2_000)),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await prisma.team.count({ where: { slug: "rush-hour" } })).toBe(1);
    expect(await prisma.membership.count({ where: { userId: { in: people } } })).toBe(1);
    expect(await prisma.subscription.count({ where: { purchasedById: { in: people } } })).toBe(1);
  });

  test("where the subscription cannot be written there is no team either", async () => {
    const userId = await somebody();
    // More than the column holds.
    await expect(billing.startTeam(userId, anOrder("too-dear"), 1e12)).rejects.toThrow();
    expect(await prisma.team.count({ where: { slug: "too-dear" } })).toBe(0);
    expect(await prisma.membership.count({ where: { userId } })).toBe(0);
  });
});

describe("overview", () => {
  test("a plain member sees the subscription and its owner, but no invoices", async () => {
    const owner = await somebody();
    const { teamId } = await billing.startTeam(owner, anOrder("members-only"), 2_000);
    const member = await somebody();
    await prisma.membership.create({ data: { userId: member, teamId, accepted: true } });

    const { plan, subscriptions } = await billing.overview(member);
    expect(plan).toBe("teams");
    expect(subscriptions).toMatchObject([{ role: "MEMBER", seatsTaken: 2, invoices: [] }]);
    const { name } = await prisma.user.findUniqueOrThrow({ where: { id: owner } });
    expect(subscriptions[0]?.owners).toEqual([name]);
  });

  test("an open invitation shows nothing of the team's billing, until it is accepted", async () => {
    const owner = await somebody();
    const { teamId } = await billing.startTeam(owner, anOrder("by-invitation"), 2_000);
    const invited = await somebody();
    await prisma.membership.create({ data: { userId: invited, teamId, accepted: false } });
    expect(await billing.overview(invited)).toEqual({ plan: "individual", subscriptions: [] });

    await teams.acceptInvitation(invited, teamId);
    expect(await billing.overview(invited)).toMatchObject({
      plan: "teams",
      subscriptions: [{ role: "MEMBER" }],
    });
    await expect(teams.acceptInvitation(invited, teamId)).rejects.toMatchObject({
      code: "invitation_not_found",
    });
  });

  test("a canceled subscription gives no plan and bills no further month", async () => {
    const userId = await somebody();
    const { teamId } = await billing.startTeam(userId, anOrder("gone-quiet"), 2_000);
    await prisma.subscription.update({
      where: { teamId },
      data: { startedAt: new Date("2025-01-10T00:00:00Z"), canceledAt: new Date("2025-02-20T00:00:00Z") },
    });
    expect(await billing.overview(userId)).toMatchObject({
      plan: "individual",
      subscriptions: [{ nextInvoiceAt: null, invoices: [{}, {}] }],
    });
  });
});
