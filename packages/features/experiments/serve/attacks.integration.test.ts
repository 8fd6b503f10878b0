// What somebody with bad intentions would try at the services; packages/trpc has the same for the routers' inputs.
import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { mintVisitorId, signVisitorId, verifyVisitorId } from "../lib/visitor-id";
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
import type { ExperimentInput, ExperimentPatch } from "../types/input";
import { createEnrolmentLimiter } from "./enrolment-limiter";

const SECRET = "a-secret-of-at-least-thirty-two-characters";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let experiments: Fixture["module"]["experiments"];
let admin: Fixture["module"]["admin"];
let actor: Fixture["admin"];

beforeAll(async () => {
  fixture = await createFixture(connectionString);
  ({ experiments, admin } = fixture.module);
  actor = fixture.admin;
});
afterAll(() => fixture.close());

const rowsOf = (slug: string) =>
  fixture.database.prisma.experimentVariant.findMany({ where: { experimentSlug: slug } });

describe("forging a visitor", () => {
  async function forgeries(): Promise<[string, string][]> {
    const { id, cookie } = await mintVisitorId(SECRET);
    const [, signature = ""] = cookie.split(".");
    const other = randomUUID();
    const flipped = Array.from(cookie, (digit, index): [string, string] => [
      `another digit at ${index}`,
      `${cookie.slice(0, index)}${digit === "0" ? "1" : "0"}${cookie.slice(index + 1)}`,
    ]);
    const cut = Array.from(cookie, (_digit, index): [string, string] => [
      `cut at ${index}`,
      cookie.slice(0, index),
    ]);
    return [
      ...flipped,
      ...cut,
      ["somebody else's id", `${other}.${signature}`],
      ["no signature", id],
      ["a signature of zeros", `${id}.${"0".repeat(64)}`],
      ["another secret", await signVisitorId(id, `${SECRET}!`)],
      ["an empty secret's", `${id}.${await hmac("\0", `cal_vid:${id}`)}`],
      ["our secret, made for another purpose", `${id}.${await hmac(SECRET, id)}`],
      ["a line break behind it", `${cookie}\n`],
      ["two cookies in one", `${cookie},${cookie}`],
      ["a megabyte", cookie.repeat(10_000)],
      ["a megabyte of almost an id", `${"0".repeat(1_000_000)}.${signature}`],
      [
        "digits of another script",
        cookie.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
      ],
    ];
  }

  it("makes nobody of whoever changes, cuts, borrows or inflates a cookie: no row, no answer, no delay", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const attempts = await forgeries();
    expect(attempts.length).toBeGreaterThan(200);
    const since = performance.now();
    for (const [what, cookie] of attempts) {
      const visitorId = await verifyVisitorId(cookie, SECRET);
      const [answer] = await experiments.decide(anIdentity({ visitorId }), [{ slug }]);
      expect(answer, what).toMatchObject({ variant: null, reason: "no_unit", subject: null });
      expect(await experiments.recordExposures(anIdentity({ visitorId }), [{ slug }]), what).toEqual({
        recorded: 0,
      });
    }
    expect(performance.now() - since).toBeLessThan(2_000);
    expect(await rowsOf(slug)).toHaveLength(0);
  });

  it("refuses a claim to another visitor, also to one that exists", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const victim = randomUUID();
    await experiments.recordExposures(anIdentity({ visitorId: victim }), [{ slug }]);
    const attacker = anIdentity({ visitorId: randomUUID() });
    const refusals = await Promise.all(
      [victim, randomUUID(), "", "' OR 1=1 --"].map((visitorId) =>
        refusalOf(experiments.decide(attacker, [{ slug, visitorId }])),
      ),
    );
    expect(new Set(refusals)).toEqual(new Set([refusals[0]]));
    expect(await rowsOf(slug)).toHaveLength(1);
  });
});

describe("finding out what exists", () => {
  it("answers alike for teams of others, teams that never were, and open invitations", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "team" });
    const userId = await createUser(fixture.database);
    const foreign = await createTeam(fixture.database, [await createUser(fixture.database)], true);
    const invited = await createTeam(fixture.database, []);
    await fixture.database.prisma.membership.create({ data: { userId, teamId: invited, accepted: false } });
    const identity = anIdentity({ userId });
    for (const call of [
      (teamId: number) => experiments.decide(identity, [{ slug, teamId }]),
      (teamId: number) => experiments.recordExposures(identity, [{ slug, teamId }]),
      (teamId: number) =>
        experiments.recordConversions(identity, [{ slug, teamId, event: "clicked", key: "1" }]),
    ]) {
      const outcomes: string[] = [];
      for (const teamId of [foreign, invited, foreign + 1_000]) outcomes.push(await refusalOf(call(teamId)));
      expect(new Set(outcomes)).toEqual(new Set([outcomes[0]]));
      expect(outcomes[0]).toContain("claim_refused");
      for (const teamId of [0, -1, 2 ** 31, 2 ** 53, 1.5, Number.NaN])
        expect(await refusalOf(call(teamId))).toContain("invalid_id");
    }
    const statements = [];
    for (const teamId of [foreign, invited, foreign + 1_000])
      statements.push(
        await countStatements(fixture.database.pool, () =>
          refusalOf(experiments.decide(identity, [{ slug, teamId }])),
        ),
      );
    expect(statements, "as many statements, so no difference in time").toEqual([1, 1, 1]);
    expect(await rowsOf(slug)).toHaveLength(0);
  });

  it("answers alike for users that exist and users that do not", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const somebody = await createUser(fixture.database);
    const identity = anIdentity({ userId: await createUser(fixture.database) });
    const outcomes = [];
    for (const userId of [somebody, somebody + 1_000])
      outcomes.push(await refusalOf(experiments.decide(identity, [{ slug, userId }])));
    expect(new Set(outcomes)).toEqual(new Set([outcomes[0]]));
    expect(outcomes[0]).toContain("claim_refused");
  });

  it("tells a draft, a damaged, a deleted and an unknown experiment apart for nobody", async () => {
    const { slug: draft } = await admin.editing.create(actor, anInput());
    const damaged = await aRunningExperiment(fixture);
    await fixture.database.pool.query(
      `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{variants}', '"nonsense"') WHERE "slug" = $1`,
      [damaged.slug],
    );
    const deleted = await aRunningExperiment(fixture);
    await admin.lifecycle.delete(actor, deleted);
    const userId = await createUser(fixture.database);
    const identity = anIdentity({ userId, visitorId: randomUUID() });
    await expect
      .poll(async () => (await experiments.decide(identity, [{ slug: damaged.slug }]))[0]?.reason)
      .toBe("not_running");

    const seen: unknown[] = [];
    for (const slug of ["never-was", draft, damaged.slug, deleted.slug, "constructor", "__proto__"]) {
      const outcome = {
        answer: (await experiments.decide(identity, [{ slug }]))[0],
        exposure: await experiments.recordExposures(identity, [{ slug }]),
        conversion: await experiments.recordConversions(identity, [{ slug, event: "undeclared", key: "1" }]),
        statements: await countStatements(fixture.database.pool, () =>
          experiments.decide(identity, [{ slug }]),
        ),
        isListed: (await experiments.listActive()).some((experiment) => experiment.slug === slug),
      };
      seen.push(JSON.parse(JSON.stringify(outcome).replaceAll(slug, "slug")));
    }
    expect(seen).toEqual(Array(seen.length).fill(seen[0]));
  });

  it("lets a preview see a draft all the same", async () => {
    const { slug } = await admin.editing.create(actor, anInput());
    const override = { variant: "urgent", expiresAt: Date.now() + 60_000 };
    const [answer] = await experiments.decide(anIdentity(), [{ slug }], { [slug]: override });
    expect(answer).toMatchObject({ variant: "urgent", reason: "override", unit: "user" });
  });
});

describe("pollution of prototypes", () => {
  const before = Object.getOwnPropertyNames(Object.prototype).sort();
  afterEach(() => {
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  const evil = (json: string): object => JSON.parse(json) as object;
  const attempts: [string, object][] = [
    ["the patch itself", evil('{ "__proto__": { "polluted": true } }')],
    ["the patch's constructor", evil('{ "constructor": { "prototype": { "polluted": true } } }')],
    ["the rules", { targetingRules: evil('{ "__proto__": { "polluted": true } }') }],
    ["a condition", { targetingRules: { userAttributes: evil('{ "__proto__": { "polluted": true } }') } }],
    ["a path", { targetingRules: { userAttributes: { "a.__proto__.polluted": true } } }],
    [
      "a path to the constructor",
      { targetingRules: { userAttributes: { "constructor.prototype": { $exists: true } } } },
    ],
    [
      "a value in a condition",
      { targetingRules: { userAttributes: { a: evil('{ "b": { "__proto__": { "polluted": true } } }') } } },
    ],
    [
      "beneath $and",
      { targetingRules: { userAttributes: { $and: [evil('{ "__proto__": { "$ne": 1 } }')] } } },
    ],
    [
      "a payload",
      {
        variants: [
          {
            name: "control",
            percentage: 50,
            payload: evil('{ "a": { "__proto__": { "polluted": true } } }'),
          },
          { name: "urgent", percentage: 50 },
        ],
      },
    ],
    ["a group", { exclusionGroups: [{ name: "__proto__", ranges: [{ from: 0, to: 50 }] }] }],
    ["an event", { clientEvents: ["__proto__"] }],
  ];

  it.each(attempts)("is refused by way of %s, at creation and by a save", async (_where, attempt) => {
    const input = { ...anInput(), ...attempt } as ExperimentInput;
    await expect(admin.editing.create(actor, input)).rejects.toMatchObject({ code: "invalid_config" });
    const { slug, version } = await admin.editing.create(actor, anInput());
    await expect(
      admin.editing.updateConfig(actor, { slug, version, patch: attempt as ExperimentPatch }),
    ).rejects.toMatchObject({ code: "invalid_config" });
    expect((await admin.catalog.get(actor, slug)).version).toBe(version);
  });

  it("makes no attribute of what somebody has put below __proto__", async () => {
    const { slug } = await aRunningExperiment(fixture, {
      targetingRules: { userAttributes: { country: "DE" } },
    });
    const userId = await createUser(fixture.database);
    await fixture.database.pool.query(`UPDATE "User" SET "attributes" = $1 WHERE "id" = $2`, [
      '{ "__proto__": { "country": "DE" }, "constructor": { "country": "DE" } }',
      userId,
    ]);
    const [answer] = await experiments.decide(anIdentity({ userId }), [{ slug }]);
    expect(answer?.reason).toBe("not_targeted");
  });

  const split = (name: string) => ({
    variants: [
      { name, percentage: 100 },
      { name: "valueof", percentage: 0 },
    ],
    control: "valueof",
  });

  it.each([
    ["experiment", { slug: "constructor" }],
    ["variant", split("constructor")],
    ["event", { clientEvents: ["constructor"] }],
  ])("refuses an %s named like what every object has", async (_, changes) => {
    await expect(aRunningExperiment(fixture, changes)).rejects.toThrow("is reserved in JavaScript");
  });

  it("cannot be confused by names that differ from those by their case alone, nor by keys", async () => {
    const { slug } = await aRunningExperiment(fixture, {
      slug: "tostring",
      ...split("tostring"),
      clientEvents: ["tostring"],
    });
    const identity = anIdentity({ userId: await createUser(fixture.database) });
    const [answer] = await experiments.decide(identity, [{ slug }]);
    expect(answer).toMatchObject({ variant: "tostring", reason: "allocated" });
    await experiments.recordExposures(identity, [{ slug }]);
    await experiments.recordConversions(identity, [{ slug, event: "tostring", key: "constructor" }]);
    expect((await countsOf(fixture, slug)).variants[0]).toEqual({
      variant: "tostring",
      assigned: 1,
      exposed: 1,
      converted: 1,
      events: [{ event: "tostring", converted: 1 }],
    });
  });
});

describe("patterns that would never end", () => {
  const hostile = `${"a".repeat(1_900)}!`;

  it.each([
    "(a+)+$",
    "(a|aa)+$",
    "(a|a?)+$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    `${"a?".repeat(60)}${"a".repeat(60)}`,
    "(.*a){20}",
  ])("decides by %s in no time, on the text that hurts it most", async (pattern) => {
    const { slug } = await aRunningExperiment(fixture, {
      targetingRules: { userAttributes: { note: { $regex: pattern } } },
    });
    const identity = anIdentity({ userId: await createUser(fixture.database, { note: hostile }) });
    const since = performance.now();
    const [answer] = await experiments.decide(identity, [{ slug }]);
    expect(performance.now() - since).toBeLessThan(500);
    expect(answer?.reason).toMatch(/allocated|not_targeted/);
  });

  it.each([
    ["counters within counters", "((a{1,100}){1,100}){1,100}"],
    ["a look-behind", "(?<=a)b"],
    ["a back-reference", "(a*)\\1"],
    ["thousands of characters", "a".repeat(5_000)],
    ["nothing that compiles", "((((("],
  ])("refuses %s at once", async (_what, pattern) => {
    const input = anInput({ targetingRules: { userAttributes: { note: { $regex: pattern } } } });
    const since = performance.now();
    await expect(admin.editing.create(actor, input)).rejects.toMatchObject({
      code: "invalid_config",
      field: expect.stringContaining("$regex"),
    });
    expect(performance.now() - since).toBeLessThan(500);
  });

  it("refuses conditions that are too deep or too wide in no time, and without falling over", async () => {
    let deep: unknown = { a: 1 };
    for (let level = 0; level < 100_000; level++) deep = { $not: deep };
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`a${index}`, index]));
    for (const userAttributes of [deep, wide]) {
      const since = performance.now();
      const input = anInput({ targetingRules: { userAttributes } as ExperimentInput["targetingRules"] });
      await expect(admin.editing.create(actor, input)).rejects.toMatchObject({ code: "invalid_config" });
      expect(performance.now() - since).toBeLessThan(1_000);
    }
  });
});

describe("filling the table", () => {
  it("enrols 300 new visitors of one address in an hour, whatever they call and however fast", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const address = "203.0.113.7";
    const attempts = Array.from({ length: 1_000 }, (_, index) => {
      const identity = anIdentity({ visitorId: randomUUID(), address });
      return index % 2
        ? experiments.decide(identity, [{ slug }])
        : experiments.recordExposures(identity, [{ slug }]);
    });
    await Promise.all(attempts);
    expect(await rowsOf(slug)).toHaveLength(300);
  });

  it("counts a visitor once, however many experiments the page has", async () => {
    const limited = await createFixture(connectionString, {
      limiter: createEnrolmentLimiter({ newVisitorsPerHour: 2 }),
    });
    const slugs = [];
    for (let count = 0; count < 3; count++)
      slugs.push((await aRunningExperiment(limited, { unit: "visitor" })).slug);
    const reasons = [];
    for (let visitor = 0; visitor < 3; visitor++) {
      const identity = anIdentity({ visitorId: randomUUID() });
      const answers = await limited.module.experiments.decide(
        identity,
        slugs.map((slug) => ({ slug })),
      );
      reasons.push([...new Set(answers.map(({ reason }) => reason))].join());
    }
    await limited.close();
    expect(reasons).toEqual(["allocated", "allocated", "rate_limited"]);
  });

  it("takes the addresses that one IPv6 subscriber has for one", async () => {
    const limiter = createEnrolmentLimiter({ newVisitorsPerHour: 2 });
    const addresses = [
      "2001:db8:0:7::1",
      "2001:db8::7:0:0:0:2",
      "2001:db8:0:7:ffff:ffff:ffff:ffff",
      "2001:db8:0:8::1",
      "192.0.2.1",
    ];
    const admitted = addresses.map((address) => limiter.admits({ address }));
    expect(admitted).toEqual([true, true, false, true, true]);
  });

  it("stores no conversion of whoever has no row, and no more events than a person makes in a minute", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const stranger = anIdentity({ userId: await createUser(fixture.database) });
    const reports = (count: number) =>
      Array.from({ length: count }, () => ({ slug, event: "clicked", key: randomUUID() }));
    expect(await experiments.recordConversions(stranger, reports(50))).toEqual({ recorded: 0 });
    const member = anIdentity({ userId: await createUser(fixture.database) });
    await experiments.decide(member, [{ slug }]);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => experiments.recordConversions(member, reports(50))),
    );
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(16).fill("rate_limited"));
    expect(await fixture.database.prisma.experimentConversion.count()).toBe(
      200 + (await conversionsOfOthers(slug)),
    );
  });

  async function conversionsOfOthers(slug: string): Promise<number> {
    return fixture.database.prisma.experimentConversion.count({
      where: { assignment: { experimentSlug: { not: slug } } },
    });
  }
});

describe("one caller's nonsense", () => {
  it("costs nobody else an answer: an id that no row can have is refused before it is looked up", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const ofVisitors = await aRunningExperiment(fixture, { unit: "visitor" });
    const ofTeams = await aRunningExperiment(fixture, { unit: "team" });
    const userId = await createUser(fixture.database);
    const [good, ...bad] = await Promise.allSettled([
      experiments.decide(anIdentity({ userId }), [{ slug }]),
      experiments.decideFor({ visitorId: "not-a-uuid" }, [ofVisitors.slug]),
      experiments.decideFor({ userId: Number.NaN }, [slug]),
      experiments.decideFor({ userId: 2 ** 40 }, [slug]),
      experiments.decideFor({ teamId: -1 }, [ofTeams.slug]),
    ]);
    expect(good).toMatchObject({ value: [{ reason: "allocated" }] });
    expect(bad).toEqual(
      Array(4).fill({ status: "rejected", reason: expect.objectContaining({ code: "invalid_id" }) }),
    );
  });
});

describe("searching with what SQL and LIKE read", () => {
  it.each(["%", "_", "\\", "%%", "a'b", '\'; DROP TABLE "Feature"; --', "\\%", "$1", "[a-z]"])(
    "finds %s as it is written, and nothing else",
    async (text) => {
      const marker = randomUUID().slice(0, 8);
      const { slug } = await admin.editing.create(actor, anInput({ name: `${marker} ${text} end` }));
      await admin.editing.create(actor, anInput({ name: `${marker} plain end` }));
      const { items, total } = await admin.catalog.list(actor, { search: `${marker} ${text} e` });
      expect(items.map((item) => item.slug)).toEqual([slug]);
      expect(total).toBe(1);
    },
  );
});

describe("rows that somebody edited by hand", () => {
  it("spoil neither the list of the others nor what is sent of them", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const sent: string[] = [];
    const tracking = await createFixture(connectionString, {
      tracker: {
        isEnabled: true,
        send: async (events) => {
          sent.push(...events.map(({ properties }) => String(properties.experiment_slug)));
        },
        close: async () => {},
      },
    });
    const userId = await createUser(fixture.database);
    await experiments.recordExposures(anIdentity({ userId }), [{ slug }]);
    const spoilt = await aRunningExperiment(fixture);
    await experiments.recordExposures(anIdentity({ userId }), [{ slug: spoilt.slug }]);
    await fixture.database.pool.query(
      `UPDATE "Feature" SET "metadata" = "metadata" || '{ "ownerId": 1e30, "setPersonProperties": "perhaps" }' WHERE "slug" = $1`,
      [spoilt.slug],
    );
    const { items } = await admin.catalog.list(actor, { pageSize: 100 });
    expect(items.map((item) => item.slug)).toContain(slug);
    expect(items.find((item) => item.slug === spoilt.slug)?.damage).toContain("can’t be read");
    await tracking.module.experiments.recordExposures(
      anIdentity({ userId: await createUser(fixture.database) }),
      [{ slug }],
    );
    await expect.poll(() => sent.filter((name) => name === slug).length).toBe(2);
    await tracking.close();
  });
});

/** All that a caller learns from a refusal. */
async function refusalOf(call: Promise<unknown>): Promise<string> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: Error & { code?: string; field?: string; details?: unknown }) => ({
      code: error.code,
      field: error.field,
      message: error.message,
      details: error.details,
    }),
  );
  return JSON.stringify(outcome);
}

async function hmac(secret: string, message: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  return Buffer.from(await crypto.subtle.sign("HMAC", key, encoder.encode(message))).toString("hex");
}
