import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, expect, test } from "vitest";
import { planOfTeam } from "../../teams";
import { createFixture, createUser } from "../testing/database-fixtures";
import { FactsRepository } from "./facts.repository";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const { prisma, pool } = fixture.database;
const facts = new FactsRepository(pool);
afterAll(() => fixture.close());

const columnsOf = async (view: string) => {
  const { rows } = await pool.query(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name = $1`,
    [view],
  );
  return Object.fromEntries(rows.map(({ name, type }) => [name, type]));
};

test("the views have the columns that hosts are told of, and no others", async () => {
  expect(await columnsOf("experiment_host_users")).toEqual({
    id: "integer",
    email: "text",
    name: "text",
    created_at: "timestamp with time zone",
    attributes: "jsonb",
    plan: "text",
    is_admin: "boolean",
  });
  expect(await columnsOf("experiment_host_teams")).toEqual({
    id: "integer",
    name: "text",
    slug: "text",
    is_organization: "boolean",
    organization_id: "integer",
    plan: "text",
    members: "integer",
    attributes: "jsonb",
  });
  expect(await columnsOf("experiment_host_memberships")).toEqual({ user_id: "integer", team_id: "integer" });
});

let made = 0;

/** `isPaid` is undefined where there never was a subscription, and false where it was canceled. */
async function aTeam(isOrganization: boolean, isPaid: boolean | undefined, parentId: number | null = null) {
  made += 1;
  const { id } = await prisma.team.create({
    data: { name: `Team ${made}`, slug: `team-${made}`, isOrganization, parentId },
  });
  if (isPaid !== undefined)
    await prisma.subscription.create({
      data: { teamId: id, seats: 1, pricePerSeat: 15, canceledAt: isPaid ? null : new Date() },
    });
  return id;
}

test("a team has the plan that the application derives, by whatever it and its organization pay", async () => {
  const states = [undefined, false, true];
  for (const isPaid of states) {
    const parents: { parentId: number | null; parent: Parameters<typeof planOfTeam>[0]["parent"] }[] = [
      { parentId: null, parent: null },
    ];
    for (const isOrganization of [true, false])
      for (const isParentPaid of states)
        parents.push({
          parentId: await aTeam(isOrganization, isParentPaid),
          parent: { isOrganization, isSubscribed: isParentPaid === true },
        });
    for (const { parentId, parent } of parents)
      for (const isOrganization of [true, false]) {
        const id = await aTeam(isOrganization, isPaid, parentId);
        const expected = planOfTeam({ isOrganization, isSubscribed: isPaid === true, parent });
        const { rows } = await pool.query(`SELECT "plan" FROM "experiment_host_teams" WHERE "id" = $1`, [id]);
        expect(rows, JSON.stringify({ isOrganization, isPaid, parent })).toEqual([{ plan: expected }]);
      }
  }
});

test("somebody has the best plan of the teams that they have joined, and an invitation gives none", async () => {
  const userId = await createUser(fixture.database);
  const join = (teamId: number, accepted: boolean) =>
    prisma.membership.create({ data: { userId, teamId, accepted } });
  expect((await facts.load(userId, [])).user?.plan).toBe("individual");
  await join(await aTeam(false, undefined), true);
  await join(await aTeam(true, true), false);
  expect((await facts.load(userId, [])).user).toMatchObject({ plan: "individual", organizationIds: [] });
  const [teams, organization] = [await aTeam(false, true), await aTeam(true, true)];
  await join(teams, true);
  expect((await facts.load(userId, [])).user?.plan).toBe("teams");
  await join(organization, true);
  const { user } = await facts.load(userId, []);
  expect(user).toMatchObject({ plan: "organization", organizationIds: [organization] });
  expect(user?.attributes).toMatchObject({ role: "USER", plan: "organization" });
});

test("what somebody writes of themselves stands below what the application says", async () => {
  const userId = await createUser(fixture.database);
  await prisma.user.update({ where: { id: userId }, data: { attributes: { role: "ADMIN", country: "DE" } } });
  const { rows } = await pool.query(
    `SELECT "is_admin", "attributes" FROM "experiment_host_users" WHERE "id" = $1`,
    [userId],
  );
  expect(rows).toEqual([{ is_admin: false, attributes: { role: "USER", country: "DE" } }]);
});
