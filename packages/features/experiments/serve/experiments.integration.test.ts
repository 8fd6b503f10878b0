import { randomUUID } from "node:crypto";
import { createTcpProxy } from "@calcom/embedded-postgres/tcp-proxy";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Condition } from "../lib/conditions/condition";
import { countStatements } from "../testing/count-statements";
import {
  anIdentity,
  anInput,
  aRunningExperiment,
  countsOf,
  createFixture,
  createTeam,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";
import { createEnrolmentLimiter } from "./enrolment-limiter";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let experiments: Fixture["module"]["experiments"];

beforeAll(async () => {
  fixture = await createFixture(connectionString, {
    limiter: createEnrolmentLimiter({ newVisitorsPerHour: 1e9 }),
  });
  experiments = fixture.module.experiments;
});
afterAll(() => fixture.close());

const decideOne = async (
  identity: ReturnType<typeof anIdentity>,
  request: { slug: string; teamId?: number },
) => {
  const [answer] = await experiments.decide(identity, [request]);
  if (answer === undefined) throw new Error("no answer");
  return answer;
};
const rowsOf = (slug: string) =>
  fixture.database.prisma.experimentVariant.findMany({ where: { experimentSlug: slug } });

describe("deciding", () => {
  it("stores the first answer and repeats it, also in a process that has just started", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const identity = anIdentity({ userId: await createUser(fixture.database) });
    const first = await decideOne(identity, { slug });
    expect(first).toMatchObject({
      reason: "allocated",
      isNewAssignment: true,
      subject: `user:${identity.userId}`,
    });

    const restarted = await createFixture(connectionString);
    const [again] = await restarted.module.experiments.decide(identity, [{ slug }]);
    await restarted.close();
    expect(again).toMatchObject({ variant: first.variant, reason: "sticky", isNewAssignment: false });
  });

  it.each(["deterministic", "random"] as const)(
    "gives 50 simultaneous first requests of one user one row and one variant (%s)",
    async (assignmentType) => {
      const { slug } = await aRunningExperiment(fixture, { assignmentType });
      const identity = anIdentity({ userId: await createUser(fixture.database) });
      const other = await createFixture(connectionString);
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          (index % 2 ? experiments : other.module.experiments).decide(identity, [{ slug }]),
        ),
      );
      await other.close();
      const rows = await rowsOf(slug);
      expect(rows).toHaveLength(1);
      expect(new Set(answers.flat().map(({ variant }) => variant))).toEqual(new Set([rows[0]?.variant]));
      expect(answers.flat().filter(({ isNewAssignment }) => isNewAssignment)).toHaveLength(1);
    },
  );

  it("decides twenty experiments of a request in two statements, and one when they are stored", async () => {
    const slugs: string[] = [];
    for (let index = 0; index < 20; index++) slugs.push((await aRunningExperiment(fixture)).slug);
    const identity = anIdentity({ userId: await createUser(fixture.database) });
    const requests = slugs.map((slug) => ({ slug }));
    expect(await countStatements(fixture.database.pool, () => experiments.decide(identity, requests))).toBe(
      2,
    );
    expect(await countStatements(fixture.database.pool, () => experiments.decide(identity, requests))).toBe(
      1,
    );
  });

  it("loads facts in one statement, and only where a rule has to be answered", async () => {
    const { slug } = await aRunningExperiment(fixture, { targetingRules: { plans: ["teams"] } });
    const { slug: second } = await aRunningExperiment(fixture, {
      targetingRules: { userAttributes: { country: "DE" } },
    });
    const userId = await createUser(fixture.database, { country: "DE" });
    await createTeam(fixture.database, [userId], true);
    const identity = anIdentity({ userId });
    expect(
      await countStatements(fixture.database.pool, () =>
        experiments.decide(identity, [{ slug }, { slug: second }]),
      ),
    ).toBe(3);
    await experiments.recordExposures(identity, [{ slug }, { slug: second }]);
    expect(
      await countStatements(fixture.database.pool, () =>
        experiments.decide(identity, [{ slug }, { slug: second }]),
      ),
    ).toBe(1);
    const rows = await rowsOf(slug);
    expect(rows[0]?.metadata).toEqual({ plan: "teams" });
  });

  it.each([
    ["composed", "decomposed"],
    ["decomposed", "composed"],
  ] as const)("finds a %s umlaut by a %s one", async (written, stored) => {
    const zurich = { composed: "Z\u00fcrich", decomposed: "Zu\u0308rich" };
    const asked: Condition[string][] = [
      zurich[written],
      { $in: [zurich[written]] },
      { $regex: `^${zurich[written]}$` },
      { $not: { $ne: zurich[written] } },
    ];
    const userId = await createUser(fixture.database, { city: zurich[stored] });
    for (const city of asked) {
      const { slug } = await aRunningExperiment(fixture, { targetingRules: { userAttributes: { city } } });
      expect(
        (await decideOne(anIdentity({ userId }), { slug })).variant,
        JSON.stringify(city),
      ).not.toBeNull();
      await experiments.recordExposures(anIdentity({ userId }), [{ slug }]);
      const [row] = await rowsOf(slug);
      expect(row?.metadata).toEqual({ attributes: { city: zurich.composed } });
    }
  });

  it("finds a team by an accent that was typed in the other form", async () => {
    const teamId = await createTeam(fixture.database, [await createUser(fixture.database)]);
    await fixture.database.prisma.team.update({
      where: { id: teamId },
      data: { metadata: { city: "Zu\u0308rich" } },
    });
    const { slug } = await aRunningExperiment(fixture, {
      unit: "team",
      targetingRules: { userAttributes: { city: "Z\u00fcrich" } },
    });
    const [member] = await fixture.database.prisma.membership.findMany({ where: { teamId } });
    const answer = await decideOne(anIdentity({ userId: member?.userId ?? null }), { slug, teamId });
    expect(answer.reason).toBe("allocated");
  });

  it("hands out payloads that nobody can change for others", async () => {
    const payload = { label: "Now", steps: [{ title: "One" }] };
    const { slug } = await aRunningExperiment(fixture, {
      variants: [
        { name: "control", percentage: 0 },
        { name: "treatment", percentage: 100, payload },
      ],
    });
    const ask = async () =>
      (await decideOne(anIdentity({ userId: await createUser(fixture.database) }), { slug }))
        .payload as typeof payload;
    const mine = await ask();
    expect(() => (mine.label = "Mine")).toThrow(TypeError);
    expect(() => mine.steps.push({ title: "Mine" })).toThrow(TypeError);
    expect(() => Object.assign(mine.steps[0] ?? {}, { title: "Mine" })).toThrow(TypeError);
    expect(await ask()).toEqual(payload);
  });

  it("writes no row for whom the targeting leaves out", async () => {
    const { slug } = await aRunningExperiment(fixture, { targetingRules: { plans: ["organization"] } });
    const answer = await decideOne(anIdentity({ userId: await createUser(fixture.database) }), { slug });
    expect(answer).toMatchObject({ variant: null, reason: "not_targeted", isControl: true });
    expect(await rowsOf(slug)).toHaveLength(0);
  });

  it("gives all members of a team the team's variant", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "team", assignmentType: "random" });
    const members = [await createUser(fixture.database), await createUser(fixture.database)];
    const teamId = await createTeam(fixture.database, members);
    const answers = await Promise.all(
      members.map((userId) => decideOne(anIdentity({ userId }), { slug, teamId })),
    );
    expect(answers[0]?.variant).toBe(answers[1]?.variant);
    expect(await rowsOf(slug)).toMatchObject([{ teamId, userId: null }]);
  });

  it.each(["cut", "hang"] as const)(
    "answers control as unavailable in bounded time while the database is gone (%s), and goes on when it is back",
    async (howItGoes) => {
      const { slug } = await aRunningExperiment(fixture);
      const userId = await createUser(fixture.database);
      const proxy = await createTcpProxy(connectionString);
      const away = await createFixture(proxy.connectionString);
      const ask = async () => (await away.module.experiments.decide(anIdentity({ userId }), [{ slug }]))[0];
      await away.module.experiments.decide(anIdentity(), [{ slug }]);

      proxy[howItGoes]();
      const since = performance.now();
      const answers = await Promise.all(Array.from({ length: 100 }, ask));
      expect(performance.now() - since).toBeLessThan(14_000);
      for (const answer of answers)
        expect(answer).toMatchObject({ variant: null, reason: "unavailable", isControl: true });

      // A report that were taken now would be lost: the browser is told to send it again.
      await expect(
        away.module.experiments.recordExposures(anIdentity({ userId }), [{ slug }]),
      ).rejects.toMatchObject({ code: "unavailable", kind: "unavailable" });

      proxy.restore();
      await expect.poll(async () => (await ask())?.reason, { timeout: 20_000 }).toBe("allocated");
      await away.close();
      await proxy.close();
    },
  );

  it("does not make others suffer for a user who was deleted while signed in", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const alive = await createUser(fixture.database);
    const gone = await createUser(fixture.database);
    await fixture.database.prisma.user.delete({ where: { id: gone } });
    const [first, second] = await Promise.all([
      decideOne(anIdentity({ userId: gone }), { slug }),
      decideOne(anIdentity({ userId: alive }), { slug }),
    ]);
    expect(first.variant).toBeNull();
    expect(second.reason).toBe("allocated");
  });
});

describe("server code without a request", () => {
  it("names the subject itself, and finds the row that a page has stored", async () => {
    const { slug } = await aRunningExperiment(fixture, { assignmentType: "random" });
    const userId = await createUser(fixture.database);
    const page = await decideOne(anIdentity({ userId }), { slug });
    const [job] = await experiments.decideFor({ userId }, [slug]);
    expect(job).toMatchObject({ variant: page.variant, reason: "sticky", subject: `user:${userId}` });
  });

  it("decides and exposes for a team and for a visitor too", async () => {
    const ofTeams = await aRunningExperiment(fixture, { unit: "team" });
    const ofVisitors = await aRunningExperiment(fixture, { unit: "visitor" });
    const teamId = await createTeam(fixture.database, []);
    const visitorId = randomUUID();
    expect((await experiments.decideFor({ teamId }, [ofTeams.slug]))[0]?.reason).toBe("allocated");
    expect(await experiments.exposeFor({ teamId }, [ofTeams.slug])).toEqual({ recorded: 1 });
    expect(await experiments.exposeFor({ visitorId }, [ofVisitors.slug])).toEqual({ recorded: 1 });
    expect((await experiments.decideFor({ visitorId }, [ofTeams.slug]))[0]?.reason).toBe("no_unit");
  });

  it("takes a visitor's id in either case for the same visitor, whom a hash would tell apart", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const visitorId = randomUUID();
    const [shouted] = await experiments.decideFor({ visitorId: visitorId.toUpperCase() }, [slug]);
    expect(shouted?.reason).toBe("allocated");
    const [plain] = await experiments.decideFor({ visitorId }, [slug]);
    expect(plain).toMatchObject({ reason: "sticky", variant: shouted?.variant });
  });
});

describe("claims", () => {
  it.each([
    ["somebody else's user id", { userId: 999_999 }],
    ["a team of others", { teamId: 999_999 }],
  ])("refuses %s", async (_what, claim) => {
    const { slug } = await aRunningExperiment(fixture);
    const identity = anIdentity({ userId: await createUser(fixture.database), visitorId: randomUUID() });
    for (const call of [
      () => experiments.decide(identity, [{ slug, ...claim }]),
      () => experiments.recordExposures(identity, [{ slug, ...claim }]),
      () => experiments.recordConversions(identity, [{ slug, ...claim, event: "clicked", key: "1" }]),
    ])
      await expect(call()).rejects.toMatchObject({ code: "claim_refused" });
    expect(await rowsOf(slug)).toHaveLength(0);
  });

  it("of a visitor that the cookie does not hold are refused where somebody asks, and count nothing in a report", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const stranger = { slug, visitorId: randomUUID() };
    for (const identity of [anIdentity({ visitorId: randomUUID() }), anIdentity()]) {
      await expect(experiments.decide(identity, [stranger])).rejects.toMatchObject({ code: "claim_refused" });
      expect(await experiments.recordExposures(identity, [stranger])).toEqual({ recorded: 0 });
      const click = { ...stranger, event: "clicked", key: "1" };
      expect(await experiments.recordConversions(identity, [click])).toEqual({ recorded: 0 });
    }
    expect(await rowsOf(slug)).toHaveLength(0);
  });

  it("refuses a team whose invitation is still open", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "team" });
    const userId = await createUser(fixture.database);
    const teamId = await createTeam(fixture.database, []);
    await fixture.database.prisma.membership.create({ data: { userId, teamId, accepted: false } });
    await expect(experiments.decide(anIdentity({ userId }), [{ slug, teamId }])).rejects.toMatchObject({
      code: "claim_refused",
    });
  });
});

describe("visitors and people", () => {
  it("keeps what a person saw first, over all of their browsers", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor", assignmentType: "random" });
    const userId = await createUser(fixture.database);
    const [laptop, phone] = [randomUUID(), randomUUID()];
    const seen = await decideOne(anIdentity({ visitorId: laptop }), { slug });
    await experiments.recordExposures(anIdentity({ visitorId: laptop }), [{ slug }]);
    await experiments.linkVisitor(userId, laptop);
    await experiments.linkVisitor(userId, phone);
    for (let attempt = 0; attempt < 5; attempt++) {
      const answer = await decideOne(anIdentity({ userId, visitorId: phone }), { slug });
      expect(answer).toMatchObject({ variant: seen.variant, reason: "sticky" });
    }
    expect(await rowsOf(slug)).toHaveLength(1);
  });

  it("counts what a person did in another browser than the one that saw the variant first", async () => {
    const { slug } = await aRunningExperiment(fixture, {
      unit: "visitor",
      variants: [
        { name: "control", percentage: 100 },
        { name: "urgent", percentage: 0 },
      ],
    });
    const userId = await createUser(fixture.database);
    const [laptop, phone] = [randomUUID(), randomUUID()];
    for (const visitorId of [laptop, phone])
      await experiments.recordExposures(anIdentity({ visitorId }), [{ slug }]);
    await experiments.recordConversions(anIdentity({ visitorId: phone }), [
      { slug, event: "clicked", key: "1" },
    ]);
    for (const visitorId of [laptop, phone]) await experiments.linkVisitor(userId, visitorId);
    const { variants } = await countsOf(fixture, slug);
    expect(variants[0]).toMatchObject({ assigned: 1, exposed: 1, converted: 1 });
  });

  it("changes no count by erasing a person with several browsers, of one variant or of two", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const people = await Promise.all([createUser(fixture.database), createUser(fixture.database)]);
    const seenBy = new Map<number, string[]>(people.map((userId) => [userId, []]));
    const [same, mixed] = [...seenBy.values()] as [string[], string[]];
    while (same.length < 2 || mixed.length < 2) {
      const visitorId = randomUUID();
      const { variant } = await decideOne(anIdentity({ visitorId }), { slug });
      const seen = same.length < 2 ? same : mixed;
      if (seen.length === 1 && (seen[0] === variant) !== (seen === same)) continue;
      seen.push(variant ?? "");
      await experiments.recordExposures(anIdentity({ visitorId }), [{ slug }]);
      await experiments.linkVisitor(people[seen === same ? 0 : 1] as number, visitorId);
    }
    const before = await countsOf(fixture, slug);
    await fixture.database.prisma.user.deleteMany({ where: { id: { in: people } } });
    expect(before.mixed).toBe(1);
    expect(await countsOf(fixture, slug)).toEqual(before);
    // What joins the rows is known nowhere else, and outlives that analytics marks them as sent.
    await fixture.database.pool.query(
      `UPDATE "ExperimentVariant" SET "sentAt" = clock_timestamp() WHERE "experimentSlug" = $1`,
      [slug],
    );
    const kept = (await rowsOf(slug)).filter(({ visitorId }) => visitorId === null);
    expect(kept.map(({ metadata }) => Object.keys(metadata ?? {}))).toEqual(Array(4).fill(["erasedPerson"]));
    expect(await countsOf(fixture, slug)).toEqual(before);
  });

  it("counts a person who saw two variants before signing in for the first of them, and says so", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const userId = await createUser(fixture.database);
    const seen: (string | null)[] = [];
    while (new Set(seen).size < 2) {
      const visitorId = randomUUID();
      const { variant } = await decideOne(anIdentity({ visitorId }), { slug });
      await experiments.recordExposures(anIdentity({ visitorId }), [{ slug }]);
      if (!seen.includes(variant)) await experiments.linkVisitor(userId, visitorId);
      seen.push(variant);
    }
    const stats = await countsOf(fixture, slug);
    expect(stats.mixed).toBe(1);
    // All browsers but the last, which is the same person's as the first.
    for (const { variant, exposed } of stats.variants)
      expect(exposed).toBe(seen.slice(0, -1).filter((one) => one === variant).length);
  });

  it("enrols no more new visitors of one address than the limit, and nobody else suffers", async () => {
    const limited = await createFixture(connectionString, {
      limiter: createEnrolmentLimiter({ newVisitorsPerHour: 3 }),
    });
    const { slug } = await aRunningExperiment(limited, { unit: "visitor" });
    const reasons: string[] = [];
    for (let index = 0; index < 5; index++) {
      const [answer] = await limited.module.experiments.decide(anIdentity({ visitorId: randomUUID() }), [
        { slug },
      ]);
      reasons.push(answer?.reason ?? "");
    }
    const elsewhere = anIdentity({ visitorId: randomUUID(), address: "192.0.2.2" });
    const [other] = await limited.module.experiments.decide(elsewhere, [{ slug }]);
    await limited.close();
    expect(reasons).toEqual(["allocated", "allocated", "allocated", "rate_limited", "rate_limited"]);
    expect(other?.reason).toBe("allocated");
  });
});

describe("exposures and conversions", () => {
  it("records the first exposure once, however many tabs report it", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const identity = anIdentity({ userId: await createUser(fixture.database) });
    await decideOne(identity, { slug });
    const results = await Promise.all(
      Array.from({ length: 10 }, () => experiments.recordExposures(identity, [{ slug, ageMs: 1_000 }])),
    );
    expect(results.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(1);
  });

  it("counts a click that overtook its exposure beacon, and not one from before the exposure", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const [fast, early] = [await createUser(fixture.database), await createUser(fixture.database)];
    for (const userId of [fast, early]) await decideOne(anIdentity({ userId }), { slug });
    const click = { slug, event: "clicked", key: "1" };
    await experiments.recordConversions(anIdentity({ userId: fast }), [click]);
    await experiments.recordExposures(anIdentity({ userId: fast }), [{ slug, ageMs: 60_000 }]);
    await experiments.recordConversions(anIdentity({ userId: early }), [{ ...click, ageMs: 60_000 }]);
    await experiments.recordExposures(anIdentity({ userId: early }), [{ slug }]);
    // Both were assigned a moment ago, so an exposure is never dated before its assignment.
    await fixture.database.pool.query(
      `UPDATE "ExperimentVariant" SET "exposedAt" = clock_timestamp() - interval '30 seconds' WHERE "experimentSlug" = $1`,
      [slug],
    );
    const stats = await countsOf(fixture, slug);
    expect(stats.variants.reduce((sum, { exposed }) => sum + exposed, 0)).toBe(2);
    expect(stats.variants.reduce((sum, { converted }) => sum + (converted ?? 0), 0)).toBe(1);
  });

  it("counts a repeated report once, refuses undeclared events, and ignores who has no row", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const identity = anIdentity({ userId: await createUser(fixture.database) });
    await decideOne(identity, { slug });
    const report = { slug, event: "clicked", key: "the-same" };
    expect(await experiments.recordConversions(identity, [report, report])).toEqual({ recorded: 1 });
    expect(await experiments.recordConversions(identity, [report])).toEqual({ recorded: 0 });
    await expect(
      experiments.recordConversions(identity, [{ ...report, event: "paid" }]),
    ).rejects.toMatchObject({
      code: "event_not_declared",
    });
    const stranger = anIdentity({ userId: await createUser(fixture.database) });
    expect(await experiments.recordConversions(stranger, [report])).toEqual({ recorded: 0 });
  });

  it("enrols and exposes at once a subject whose exposure arrives before its row", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const identity = anIdentity({ visitorId: randomUUID() });
    expect(await experiments.recordExposures(identity, [{ slug }])).toEqual({ recorded: 1 });
    expect((await rowsOf(slug))[0]?.exposedAt).not.toBeNull();
  });

  it("freezes the size of a team at its first exposure", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "team" });
    const members = [await createUser(fixture.database), await createUser(fixture.database)];
    const teamId = await createTeam(fixture.database, members);
    await experiments.recordExposures(anIdentity({ userId: members[0] as number }), [{ slug, teamId }]);
    expect((await rowsOf(slug))[0]?.metadata).toEqual({ memberCount: 2 });
  });

  it("keeps variant, times and counts of an erased person, and nothing else", async () => {
    const { slug } = await aRunningExperiment(fixture, {
      targetingRules: { userAttributes: { country: "DE" } },
    });
    const userId = await createUser(fixture.database, { country: "DE" });
    await experiments.recordExposures(anIdentity({ userId }), [{ slug }]);
    await fixture.database.prisma.user.delete({ where: { id: userId } });
    expect(await rowsOf(slug)).toMatchObject([
      { userId: null, teamId: null, visitorId: null, metadata: null },
    ]);
    const stats = await countsOf(fixture, slug);
    expect(stats.variants.reduce((sum, { exposed }) => sum + exposed, 0)).toBe(1);
  });
});

it("lists what runs by slug, unit and variants, and nothing else", async () => {
  const { slug } = await aRunningExperiment(fixture, { targetingRules: { plans: ["teams"] } });
  await fixture.module.admin.editing.create(fixture.admin, anInput());
  const listed = await experiments.listActive();
  expect(listed.find((experiment) => experiment.slug === slug)).toEqual({
    slug,
    unit: "user",
    variants: ["control", "urgent"],
  });
  expect(listed.every((experiment) => Object.keys(experiment).length === 3)).toBe(true);
});
