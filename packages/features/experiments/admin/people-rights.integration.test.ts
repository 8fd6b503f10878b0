import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, describe, expect, it } from "vitest";
import { anIdentity, aRunningExperiment, createFixture, createTeam } from "../testing/database-fixtures";
import { lookAt, someoneWith, takePart } from "../testing/person-fixtures";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const { database, module, admin: actor } = fixture;
const { prisma } = database;
afterAll(() => fixture.close());

const ofUser = (id: number) => ({ unit: "user" as const, id });

async function aCustomer() {
  const { id } = await prisma.user.create({
    data: {
      email: `jane.${randomUUID()}@dunder.example`,
      name: "Jane Mifflin",
      passwordHash: "-",
      attributes: { country: "DE", alias: "jane@mifflin.example", salary: 4711 },
    },
  });
  const visitorId = randomUUID();
  await module.experiments.linkVisitor(id, visitorId);
  return { id, visitorId };
}

describe("a viewer", () => {
  it("sees all that decides, and nothing by which a customer could be learned", async () => {
    const { id, visitorId } = await aCustomer();
    const rules = { email: { $ne: "nobody" }, alias: { $ne: "x" }, country: "DE" };
    const { slug } = await aRunningExperiment(fixture, { targetingRules: { userAttributes: rules } });
    const byBrowser = await aRunningExperiment(fixture, { unit: "visitor" });
    await module.experiments.decide(anIdentity({ visitorId }), [{ slug: byBrowser.slug }]);
    const viewer = await someoneWith(fixture, "viewer");
    const look = await lookAt(fixture, ofUser(id), { actor: viewer });
    expect(look.person).toMatchObject({
      id: String(id),
      name: null,
      detail: "j…@d…",
      isMasked: true,
      visitorIds: [],
    });
    const entry = look.entries.find((one) => one.slug === slug);
    expect(entry).toMatchObject({ decision: { reason: "allocated" } });
    expect(entry?.facts).toEqual({ attributes: { email: "j…@d…", alias: "j…@m…", country: "DE" } });
    const all = JSON.stringify(look);
    for (const secret of ["Mifflin", "dunder.example", "mifflin.example", "4711", visitorId])
      expect(all).not.toContain(secret);
  });

  it("sees no more of whoever is looked at by their browser", async () => {
    const { visitorId } = await aCustomer();
    const viewer = await someoneWith(fixture, "viewer");
    const look = await lookAt(fixture, { unit: "visitor", id: visitorId }, { actor: viewer });
    expect(JSON.stringify(look)).not.toMatch(/Mifflin|dunder/);
  });

  it("sees teams by their names, as everywhere", async () => {
    const team = await createTeam(database, []);
    const viewer = await someoneWith(fixture, "viewer");
    const { person } = await lookAt(fixture, { unit: "team", id: team }, { actor: viewer });
    expect(person).toMatchObject({ name: "A team", isMasked: false });
  });

  it("finds nobody by a part of a name or an address", async () => {
    const viewer = await someoneWith(fixture, "viewer");
    await expect(module.admin.audience.findPeople(viewer, { search: "jane" })).rejects.toMatchObject({
      code: "not_allowed",
    });
    await expect(module.admin.people.findByEmail(viewer, "jane")).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

it("nobody looks up or looks at more than sixty people a minute, found or not, and others go on", async () => {
  const { id, email } = { ...(await aCustomer()), email: "nobody@dunder.example" };
  const [asker, other] = [await someoneWith(fixture, "viewer"), await someoneWith(fixture, "viewer")];
  for (let asked = 0; asked < 30; asked++) {
    await expect(module.admin.people.findByEmail(asker, email)).rejects.toMatchObject({ code: "not_found" });
    await lookAt(fixture, ofUser(id), { actor: asker });
  }
  const refused = { code: "rate_limited", details: { retryAfterSeconds: expect.any(Number) } };
  await expect(module.admin.people.findByEmail(asker, email)).rejects.toMatchObject(refused);
  await expect(lookAt(fixture, ofUser(id), { actor: asker })).rejects.toMatchObject(refused);
  expect((await lookAt(fixture, ofUser(id), { actor: other })).person.isMasked).toBe(true);
});

it.each(["editor", "admin"] as const)(
  "an %s sees who it is, and of their facts those that rules name",
  async (role) => {
    const { id, visitorId } = await aCustomer();
    const look = await lookAt(fixture, ofUser(id), { actor: await someoneWith(fixture, role) });
    expect(look.person).toMatchObject({ name: "Jane Mifflin", isMasked: false, visitorIds: [visitorId] });
    expect(look.person.detail).toMatch(/@dunder.example$/);
    expect(JSON.stringify(look)).not.toContain("4711");
  },
);

describe("whoever has no role", () => {
  it("learns neither what somebody sees, nor that they are there", async () => {
    const { id } = await aCustomer();
    const nobody = await someoneWith(fixture, null);
    for (const person of [ofUser(id), ofUser(2_000_000_000)])
      await expect(lookAt(fixture, person, { actor: nobody })).rejects.toMatchObject({ code: "not_allowed" });
    await expect(module.admin.people.findByEmail(nobody, nobody.email)).rejects.toMatchObject({
      code: "not_allowed",
    });
  });
});

describe("while a comparison is withheld", () => {
  it("nobody is told what somebody has done beside their variant, nor whether they have done anything", async () => {
    const { slug, version } = await aRunningExperiment(fixture);
    const [converted, other] = [await someoneWith(fixture, null), await someoneWith(fixture, null)];
    await takePart(fixture, converted.userId, slug);
    await module.experiments.decide(anIdentity({ userId: other.userId }), [{ slug }]);
    await module.experiments.recordExposures(anIdentity({ userId: other.userId }), [{ slug }]);
    for (const role of ["viewer", "editor", "admin"] as const) {
      const reader = await someoneWith(fixture, role);
      const looks = await Promise.all(
        [converted, other].map(({ userId }) =>
          lookAt(fixture, ofUser(userId), { actor: reader, search: slug }),
        ),
      );
      for (const look of looks) {
        expect(look.entries[0]).toMatchObject({ slug, conversions: [], isWithheld: true });
        expect(look.isTimelineWithheld).toBe(true);
        expect(look.timeline.map(({ what }) => what.kind)).toEqual(["exposed", "assigned"]);
        expect(JSON.stringify(look)).not.toContain("clicked");
      }
    }
    // There is something to hide.
    expect(await prisma.experimentConversion.count({ where: { experimentSlug: slug } })).toBe(1);
    await module.admin.lifecycle.conclude(actor, { slug, version, winnerVariant: null });
    const told = await lookAt(fixture, ofUser(converted.userId), { search: slug });
    expect(told.entries[0]).toMatchObject({ conversions: [{ event: "clicked" }], isWithheld: false });
  });
});

describe("a look", () => {
  const logOf = (userId: number) =>
    prisma.auditLog.findMany({ where: { actorId: userId, tableName: "Person" }, orderBy: { id: "asc" } });

  it("is in the activity each time, with who looked, at whom and when", async () => {
    const { id } = await aCustomer();
    const viewer = await someoneWith(fixture, "viewer");
    await lookAt(fixture, ofUser(id), { actor: viewer });
    await lookAt(fixture, ofUser(id), { actor: viewer });
    const { entries, actors } = await module.admin.activity.list(actor, { actorId: viewer.userId });
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({
      tableName: "Person",
      action: "LOOK",
      slug: null,
      actor: { id: viewer.userId },
      differences: [{ path: "user", after: id }],
    });
    expect(actors.map((one) => one.id)).toContain(viewer.userId);
    expect(await module.admin.activity.exportCsv(actor, { actorId: viewer.userId })).toContain(
      `Person,LOOK,user,,${id}`,
    );
  });

  it("has pages and filters that are no looks of their own, unless nobody has looked before", async () => {
    const { id } = await aCustomer();
    const [one, another] = [await someoneWith(fixture, "editor"), await someoneWith(fixture, "editor")];
    await lookAt(fixture, ofUser(id), { actor: one });
    for (const further of [{ page: 2 }, { search: "a" }, { show: "flags" as const }])
      await lookAt(fixture, ofUser(id), { actor: one, ...further });
    expect(await logOf(one.userId)).toHaveLength(1);
    for (const further of [{ page: 2 }, { search: "a" }])
      await lookAt(fixture, ofUser(id), { actor: another, ...further });
    expect(await logOf(another.userId)).toHaveLength(1);
  });

  it("leaves no address and no whole id of a browser in the log, and is not forgotten with the person", async () => {
    const { id, visitorId } = await aCustomer();
    const reader = await someoneWith(fixture, "admin");
    await lookAt(fixture, ofUser(id), { actor: reader });
    await lookAt(fixture, { unit: "visitor", id: visitorId }, { actor: reader });
    await prisma.user.delete({ where: { id } });
    const kept = await logOf(reader.userId);
    expect(kept.map(({ rowKey, after }) => [rowKey, after])).toEqual([
      [`user:${id}`, { user: id }],
      [`visitor:${visitorId.slice(0, 8)}`, { visitor: visitorId.slice(0, 8) }],
    ]);
    expect(
      JSON.stringify(kept, (_, value) => (typeof value === "bigint" ? String(value) : value)),
    ).not.toMatch(/@|Mifflin/);
    await expect(lookAt(fixture, ofUser(id))).rejects.toMatchObject({ code: "not_found" });
  });

  it("is none of an experiment that is called like the person's key", async () => {
    const { id } = await aCustomer();
    await lookAt(fixture, ofUser(id));
    expect((await module.admin.activity.list(actor, { slug: `user:${id}` })).entries).toEqual([]);
  });
});
