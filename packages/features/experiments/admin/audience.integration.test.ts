import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  anIdentity,
  anInput,
  aRunningExperiment,
  createFixture,
  createTeam,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let admin: Fixture["module"]["admin"];
let actor: Fixture["admin"];

beforeAll(async () => {
  fixture = await createFixture(connectionString);
  admin = fixture.module.admin;
  actor = fixture.admin;
});
afterAll(() => fixture.close());

describe("how many match", () => {
  it("is what deciding says of each of them", async () => {
    const { database, module } = fixture;
    const users = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        createUser(database, { country: index % 3 === 0 ? "DE" : "AT" }),
      ),
    );
    await createTeam(database, users.slice(0, 10), true);
    const targetingRules = { plans: ["teams" as const], userAttributes: { country: "DE" } };
    const { slug } = await aRunningExperiment(fixture, { targetingRules });
    const answers = await Promise.all(
      users.map((userId) => module.experiments.decide(anIdentity({ userId }), [{ slug }])),
    );
    const decided = answers.filter(([answer]) => answer?.variant !== null).length;

    const counted = await admin.audience.count(actor, { unit: "user", targetingRules });
    expect(decided).toBe(4);
    expect(counted).toMatchObject({ matching: decided });
    expect(counted?.examined).toBe(counted?.total);
    expect(await admin.audience.count(actor, { unit: "user", targetingRules: {} })).toMatchObject({
      matching: counted?.total,
    });
  });

  it("goes over more than one page", async () => {
    await fixture.database.pool.query(
      `INSERT INTO "User" ("email", "name", "passwordHash", "attributes")
       SELECT 'many-' || n || '@test.example', 'Many', '-', jsonb_build_object('cohort', n % 2) FROM generate_series(1, 2500) AS n`,
    );
    const targetingRules = { userAttributes: { cohort: 1 } };
    expect(await admin.audience.count(actor, { unit: "user", targetingRules })).toMatchObject({
      matching: 1250,
    });
  });

  it("counts teams for teams, and nobody for visitors", async () => {
    await createTeam(fixture.database, [], true);
    const rules = { targetingRules: { plans: ["teams" as const] } };
    const counted = await admin.audience.count(actor, { unit: "team", ...rules });
    const [{ count } = { count: -1 }] = await fixture.database.prisma.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM "Subscription" WHERE "canceledAt" IS NULL`;
    expect(counted?.matching).toBe(count);
    expect(await admin.audience.count(actor, { unit: "visitor", ...rules })).toBeNull();
  });
});

describe("trying somebody", () => {
  it("says what deciding will say, with what the rules have asked, and writes nothing", async () => {
    const inside = await createUser(fixture.database, { country: "DE" });
    const outside = await createUser(fixture.database, { country: "FR" });
    const { slug } = await aRunningExperiment(fixture, {
      targetingRules: { userAttributes: { country: "DE" } },
    });
    const trial = await admin.audience.tryOut(actor, { slug, subjectId: inside });
    expect(trial).toMatchObject({
      isStored: false,
      isVariantKnown: true,
      facts: { attributes: { country: "DE" } },
    });
    expect(await admin.audience.tryOut(actor, { slug, subjectId: outside })).toMatchObject({
      decision: { variant: null, reason: "not_targeted" },
    });
    expect(await fixture.database.prisma.experimentVariant.count({ where: { experimentSlug: slug } })).toBe(
      0,
    );

    const [answer] = await fixture.module.experiments.decide(anIdentity({ userId: inside }), [{ slug }]);
    expect(answer).toMatchObject(trial.decision);
    expect(await admin.audience.tryOut(actor, { slug, subjectId: inside })).toMatchObject({
      isStored: true,
      decision: { variant: answer?.variant, reason: "sticky" },
    });
  });

  it("goes by the settings of a form that nobody has saved", async () => {
    const userId = await createUser(fixture.database, { country: "DE" });
    const input = anInput({ targetingRules: { userAttributes: { country: "DE" } }, trafficPercentage: 1 });
    expect(await admin.audience.tryOut(actor, { input, subjectId: userId })).toMatchObject({
      decision: { reason: "allocated" },
      // Without a salt nobody knows which variant.
      isVariantKnown: false,
    });
    const elsewhere = anInput({ targetingRules: { userAttributes: { country: "AT" } } });
    expect(await admin.audience.tryOut(actor, { input: elsewhere, subjectId: userId })).toMatchObject({
      decision: { reason: "not_targeted" },
    });
  });

  it("refuses who is not there", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const tryOut = (subjectId: number) => admin.audience.tryOut(actor, { slug, subjectId });
    await expect(tryOut(2_000_000_000)).rejects.toMatchObject({ code: "not_found", field: "subjectId" });
    for (const subjectId of [1e12, -1])
      await expect(tryOut(subjectId)).rejects.toMatchObject({ code: "invalid_id", field: "subjectId" });
  });
});

describe("searching", () => {
  it("finds teams and people by what they are called, and takes no sign for a pattern", async () => {
    const { pool } = fixture.database;
    await pool.query(
      `INSERT INTO "Team" ("name", "slug", "isOrganization") VALUES ('Acme 100%', 'acme-full', true), ('Acme Sales', 'acme-sales', false)`,
    );
    const names = async (search: string, onlyOrganizations: boolean | null) =>
      (await admin.audience.findTeams(actor, { search, ids: [], onlyOrganizations })).map(({ name }) => name);
    expect(await names("acme", null)).toEqual(["Acme 100%", "Acme Sales"]);
    expect(await names("acme", true)).toEqual(["Acme 100%"]);
    expect(await names("100%", null)).toEqual(["Acme 100%"]);
    expect(await names("%_%", null)).toEqual([]);
    expect(
      (await admin.audience.findPeople(actor, { search: "ADMIN@test" })).map(({ name }) => name),
    ).toEqual(["Ada"]);
  });

  it("offers the attributes that people have", async () => {
    await createUser(fixture.database, { "favourite colour": "green" });
    expect(await admin.audience.listAttributes(actor)).toContainEqual({
      name: "favourite colour",
      values: ["green"],
    });
  });
});
