import { randomUUID } from "node:crypto";
import { DAY_MS } from "@calcom/lib/time";
import { testDatabase } from "@calcom/scripts/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEnrolmentLimiter } from "../lib/server/enrolment-limiter";
import { defineMetric, type Metric } from "../metrics/define-metric";
import { MetricRegistry } from "../metrics/registry";
import { anIdentity, aRunningExperiment, createFixture, type Fixture } from "../testing/database-fixtures";
import { spawnNode } from "../testing/spawn-node";
import type { Unit } from "../types";
import type { ArmData } from "../utils/statistics/types";
import { latestCut } from "./looks";
import { readSlowly, type SlowArm, type SlowSubject, sumUp } from "./testing/slow-reading";
import type { StoredResult } from "./types";

const { connectionString } = await testDatabase();

const metrics = {
  revenue: defineMetric({
    key: "revenue",
    name: "Revenue",
    kind: "mean",
    source: { events: ["bought"], take: "value" },
    winsorize: { value: 120 },
    bounds: { min: 0, max: 90 },
  }),
  valuePerPurchase: defineMetric({
    key: "value-per-purchase",
    name: "Value per purchase",
    kind: "ratio",
    numerator: { events: ["bought"], take: "value" },
    denominator: { events: ["bought"] },
  }),
  bookings: defineMetric({
    key: "bookings",
    name: "Bookings",
    kind: "mean",
    source: {
      query: {
        user: `SELECT type."userId" AS subject, booking."createdAt" AS at, 1 AS value
          FROM "Booking" AS booking JOIN "EventType" AS type ON type."id" = booking."eventTypeId"`,
      },
    },
    covariate: { days: 7 },
  }),
} satisfies Record<string, Metric>;

let nodes: Fixture[];
let fixture: Fixture;

beforeAll(async () => {
  const registry = new MetricRegistry();
  registry.register(Object.values(metrics));
  nodes = [];
  for (let node = 0; node < 3; node++)
    nodes.push(
      await createFixture(connectionString, {
        metrics: registry,
        limiter: createEnrolmentLimiter({ newVisitorsPerHour: 1e9, eventsPerMinute: 1e9 }),
      }),
    );
  fixture = nodes[0] as Fixture;
});
afterAll(() => Promise.all(nodes.map((node) => node.close())));

/** Mulberry32: a history that failed is made again from its seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SETTINGS = {
  clientEvents: ["clicked"],
  conversionWindowDays: 5,
  metrics: {
    primary: "event:clicked",
    secondary: ["revenue", "value-per-purchase", "bookings"],
    guardrails: ["event:bought"],
  },
};

async function aHistory(unit: Exclude<Unit, "team">, seed: number): Promise<string> {
  const random = randomFrom(seed);
  const { pool } = fixture.database;
  let detail = await aRunningExperiment(fixture, { ...SETTINGS, unit });
  const { slug } = detail;
  const users = await createUsers(120);
  const browsers = Array.from({ length: 200 }, () => randomUUID());
  const visit = async (index: number) => {
    const { module } = nodes[index % 3] as Fixture;
    const userId = users[Math.floor(random() * users.length)] ?? 0;
    const visitorId = browsers[Math.floor(random() * browsers.length)] ?? "";
    const identity = anIdentity({ userId: unit === "user" ? userId : null, visitorId });
    await module.experiments.decide(identity, [{ slug }]);
    if (random() < 0.15) return;
    if (random() < 0.8) await module.experiments.recordExposures(identity, [{ slug }]);
    const conversions = Array.from({ length: Math.floor(random() * 3) }, () => ({
      slug,
      event: "clicked",
      key: randomUUID(),
    }));
    if (conversions.length > 0) await module.experiments.recordConversions(identity, conversions);
    if (unit === "visitor" && random() < 0.5) await module.experiments.linkVisitor(userId, visitorId);
  };
  await Promise.all(Array.from({ length: 250 }, (_, index) => visit(index)));
  detail = await fixture.module.admin.updateConfig(fixture.admin, {
    slug,
    version: detail.version,
    patch: {
      variants: [
        { name: "control", percentage: 80 },
        { name: "urgent", percentage: 20 },
      ],
    },
  });
  if (unit === "user") await killInTheMiddle(slug, users);
  await Promise.all(Array.from({ length: 250 }, (_, index) => visit(index)));
  // What took milliseconds is spread over a month: exposures by the row, what was done around the window of each.
  await pool.query(
    `UPDATE "ExperimentVariant" SET "exposedAt" = CASE WHEN "exposedAt" IS NOT NULL THEN at END, "assignedAt" = at
     FROM (SELECT "id" AS row, clock_timestamp() - (hashtext("id"::text) & 65535) / 65536.0 * interval '30 days' AS at
           FROM "ExperimentVariant") AS moved WHERE "id" = row AND "experimentSlug" = $1`,
    [slug],
  );
  await pool.query(
    `UPDATE "ExperimentConversion" AS conversion SET "occurredAt" = assignment."assignedAt"
       + ((hashtext(conversion."id"::text) & 65535) / 65536.0 * 9 - 2) * interval '1 day'
     FROM "ExperimentVariant" AS assignment
     WHERE assignment."id" = conversion."assignmentId" AND conversion."experimentSlug" = $1`,
    [slug],
  );
  await pool.query(
    `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "value", "occurredAt")
     SELECT "id", 'bought', n::text, (hashtext("id"::text || n) & 1023) / 7.0,
       "assignedAt" + ((hashtext(n || "id"::text) & 65535) / 65536.0 * 9 - 2) * interval '1 day'
     FROM "ExperimentVariant", generate_series(1, 3) AS n
     WHERE "experimentSlug" = $1 AND (hashtext("id"::text) & 3) = 0`,
    [slug],
  );
  await book(users, random);
  await pool.query(`DELETE FROM "User" WHERE "id" = ANY($1)`, [users.slice(0, 8)]);
  await pool.query(
    `UPDATE "ExperimentVariant" SET "assignmentType" = 'IMPORTED', "epoch" = NULL
     WHERE "experimentSlug" = $1 AND (hashtext("id"::text) & 15) = 3`,
    [slug],
  );
  return slug;
}

async function createUsers(count: number): Promise<number[]> {
  const { rows } = await fixture.database.pool.query<{ id: number }>(
    `INSERT INTO "User" ("email", "name", "passwordHash")
     SELECT gen_random_uuid() || '@test.example', 'Uma', '-' FROM generate_series(1, $1) RETURNING "id"`,
    [count],
  );
  return rows.map(({ id }) => id);
}

/** A node that ends without a word while it has requests under way. */
async function killInTheMiddle(slug: string, users: number[]): Promise<void> {
  const node = spawnNode(connectionString);
  await node.decide(slug, users[0] ?? 0);
  const answers = users.map((userId) => node.decide(slug, userId).catch(() => null));
  await Promise.race(answers.slice(10));
  await node.kill();
  await Promise.all(answers);
}

async function book(users: number[], random: () => number): Promise<void> {
  const { pool } = fixture.database;
  for (const userId of users.slice(0, 60)) {
    const { rows } = await pool.query<{ id: number }>(
      `INSERT INTO "EventType" ("title", "slug", "durationMinutes", "userId") VALUES ('Call', gen_random_uuid(), 15, $1) RETURNING "id"`,
      [userId],
    );
    for (let booking = 0; booking < random() * 8; booking++)
      await pool.query(
        `INSERT INTO "Booking" ("eventTypeId", "attendeeName", "attendeeEmail", "startsAt", "createdAt")
         VALUES ($1, 'Al', 'al@test.example', now(), $2)`,
        [rows[0]?.id, new Date(Date.now() - random() * 40 * DAY_MS)],
      );
  }
}

/** `metric` as the recount gave it, in the shape of the slow reading. */
function armsOf(result: StoredResult, key: string): SlowArm[] {
  const metric = result.metrics.find((one) => one.key === key);
  return (metric?.epochs ?? []).flatMap(({ epoch, arms }) =>
    Object.entries(arms).map(([variant, arm]) => ({ epoch, variant, n: arm.n, ...momentsOf(arm) })),
  );
}

function momentsOf(arm: ArmData): Omit<SlowArm, "epoch" | "variant" | "n"> {
  const none = { mean: 0, m2: 0 };
  const [x, comoment] =
    arm.kind === "ratio"
      ? [arm.denominator, arm.comoment]
      : [arm.covariate ?? none, arm.covariate?.comoment ?? 0];
  const y = arm.kind === "ratio" ? arm.numerator : arm.kind === "mean" ? arm.value : none;
  return { conversions: arm.kind === "rate" ? arm.conversions : 0, y, x, comoment };
}

function expectSame(counted: SlowArm[], slow: SlowArm[], parts: (keyof SlowArm)[]): void {
  const sort = (arms: SlowArm[]) =>
    [...arms].sort((a, b) => a.epoch - b.epoch || a.variant.localeCompare(b.variant));
  expect(sort(counted).map(({ epoch, variant, n }) => ({ epoch, variant, n }))).toEqual(
    sort(slow).map(({ epoch, variant, n }) => ({ epoch, variant, n })),
  );
  sort(slow).forEach((arm, index) => {
    const other = sort(counted)[index];
    for (const part of parts)
      for (const [a, b] of numbersOf(arm[part], other?.[part]))
        expect(Math.abs(a - b), `${part} of ${arm.variant}`).toBeLessThan(1e-9 * Math.max(1, Math.abs(a)));
  });
}

function numbersOf(a: unknown, b: unknown): [number, number][] {
  if (typeof a === "number") return [[a, Number(b)]];
  return Object.entries(a as Record<string, number>).map(([key, value]) => [
    value,
    (b as Record<string, number>)[key] ?? Number.NaN,
  ]);
}

const clicks = ({ happened }: SlowSubject) => happened.filter(({ event }) => event === "clicked").length;
const purchases = ({ happened }: SlowSubject) => happened.filter(({ event }) => event === "bought");
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

describe("the recount of a history with several writers and one that was killed", () => {
  it.each([
    ["user", 11],
    ["user", 12],
    ["visitor", 21],
    ["visitor", 22],
  ] as const)("equals a plain reading of all rows (%s, seed %i)", { timeout: 60_000 }, async (unit, seed) => {
    const slug = await aHistory(unit, seed);
    const { pool } = fixture.database;
    const result = await fixture.module.recounts.recount(slug, { isPatient: true });
    if (result === null) throw new Error("There is no result.");
    const windowDays = SETTINGS.conversionWindowDays;
    const cut = latestCut({ windowDays, asOf: new Date(result.asOf), endedAt: null });
    const question = { slug, unit, windowDays, endedAt: null, cut };
    const { subjects, imported, mixed } = await readSlowly(pool, question);

    const mature = (subject: SlowSubject) =>
      subject.exposedAt !== null && cut !== null && subject.exposedAt.toISOString().slice(0, 10) < cut;
    expect(result.leftOut).toEqual({
      imported,
      mixed,
      notExposed: subjects.filter(({ exposedAt }) => exposedAt === null).length,
      immature: subjects.filter((subject) => subject.exposedAt !== null && !mature(subject)).length,
      erased: subjects.filter(({ isErased }) => isErased).length,
    });
    // The history has something of everything, or the test would say little.
    expect(imported).toBeGreaterThan(0);
    expect(result.leftOut.notExposed).toBeGreaterThan(0);
    expect(subjects.filter(mature).length).toBeGreaterThan(50);
    if (unit === "visitor") expect(mixed).toBeGreaterThan(0);
    else expect(result.leftOut.erased).toBeGreaterThan(0);

    expectSame(
      armsOf(result, "event:clicked"),
      sumUp(subjects, cut, (subject) => [Math.min(1, clicks(subject)), 0]),
      ["conversions"],
    );
    const worth = (subject: SlowSubject) => sum(purchases(subject).map(({ value }) => Math.min(90, value)));
    expectSame(
      armsOf(result, "revenue"),
      sumUp(subjects, cut, (subject) => [Math.min(120, worth(subject)), 0]),
      ["y"],
    );
    expectSame(
      armsOf(result, "value-per-purchase"),
      sumUp(subjects, cut, (subject) => [
        sum(purchases(subject).map(({ value }) => value)),
        purchases(subject).length,
      ]),
      ["y", "x", "comoment"],
    );
    const bookings = await pool.query<{ userId: number; createdAt: Date }>(
      `SELECT "userId", booking."createdAt" FROM "Booking" AS booking JOIN "EventType" ON "EventType"."id" = "eventTypeId"`,
    );
    const booked = ({ userId, exposedAt }: SlowSubject, from: number, to: number) =>
      bookings.rows.filter((booking) => {
        const days = (Number(booking.createdAt) - Number(exposedAt)) / DAY_MS;
        return booking.userId === userId && days >= from && days < to;
      }).length;
    expectSame(
      armsOf(result, "bookings"),
      sumUp(
        subjects.filter(({ isErased }) => !isErased),
        cut,
        (subject) => [booked(subject, 0, windowDays), booked(subject, -7, 0)],
      ),
      ["y", "x", "comoment"],
    );
  });
});
