import { testDatabase } from "@calcom/embedded-postgres/testing";
import { sampled } from "@calcom/lib/env-of-tests";
import { DAY_MS } from "@calcom/lib/time";
import type { ArmData } from "@calcom/statistics";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MetricRegistry } from "../../metrics/registry";
import { createEnrolmentLimiter } from "../../serve/enrolment-limiter";
import { createFixture, type Fixture } from "../../testing/database-fixtures";
import type { StoredResult } from "../types";
import { findLatestCut } from "./looks";
import { aBusyHistory } from "./testing/busy-history";
import { CAPPED_AT, metrics, SETTINGS } from "./testing/busy-metrics";
import {
  counts,
  type Question,
  readSlowly,
  type SlowArm,
  type SlowSubject,
  sumUp,
} from "./testing/slow-reading";

const { connectionString } = await testDatabase();

let nodes: [Fixture, Fixture, Fixture];
let fixture: Fixture;

beforeAll(async () => {
  const registry = new MetricRegistry();
  registry.register(Object.values(metrics));
  const aNode = () =>
    createFixture(connectionString, {
      metrics: registry,
      limiter: createEnrolmentLimiter({ newVisitorsPerHour: 1e9, eventsPerMinute: 1e9 }),
    });
  nodes = [await aNode(), await aNode(), await aNode()];
  fixture = nodes[0];
});
afterAll(() => Promise.all(nodes.map((node) => node.close())));

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
  const [yMin = Number.NaN, xMin = Number.NaN] = [
    arm.kind === "mean" ? arm.value.min : arm.kind === "ratio" ? arm.numerator.min : undefined,
    arm.kind === "ratio" ? arm.denominator.min : undefined,
  ];
  return { conversions: arm.kind === "rate" ? arm.conversions : 0, y, x, comoment, yMin, xMin };
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

const happenedOf = ({ happened }: SlowSubject, event: string) =>
  happened.filter((one) => one.event === event);
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const worthOf = (subject: SlowSubject, event: string) =>
  sum(happenedOf(subject, event).map(({ value }) => value));

/** Of those who have any value, between two of whom it may lie; never below what all the others have. */
function capOf(subjects: SlowSubject[], event: string): number {
  const values = subjects.map((subject) => worthOf(subject, event)).filter((value) => value !== 0);
  values.sort((a, b) => a - b);
  const at = CAPPED_AT * (values.length - 1);
  const [below = 0, above = 0] = [values[Math.floor(at)], values[Math.ceil(at)]];
  return Math.max(0, below + (above - below) * (at - Math.floor(at)));
}

const HISTORIES = [
  ["user", 11, "running"],
  ["user", 12, "running"],
  ["user", 13, "ended"],
  ["team", 31, "running"],
  ["team", 32, "ended"],
  ["visitor", 21, "running"],
  ["visitor", 22, "running"],
  ["visitor", 23, "ended"],
] as const;
/** Each unit, and both states. */
const ALWAYS: readonly number[] = [13, 31, 21];

describe("the recount of a history with several writers and one that was killed", () => {
  it.each(sampled(HISTORIES, ([, seed]) => ALWAYS.includes(seed)))(
    "equals a plain reading of all rows (%s, seed %i, %s)",
    { timeout: 180_000 },
    async (unit, seed, state) => {
      const hasEnded = state === "ended";
      const { slug, endedAt } = await aBusyHistory(nodes, connectionString, { unit, seed, hasEnded });
      const { pool } = fixture.database;
      const result = await fixture.module.recounts.recount(slug, { isPatient: true });
      if (result === null) throw new Error("There is no result.");
      const windowDays = SETTINGS.conversionWindowDays;
      const cut = findLatestCut({ windowDays, asOf: new Date(result.asOf), endedAt });
      const question = { slug, unit, windowDays, endedAt, cut };
      const { subjects, imported, mixed } = await readSlowly(pool, question);

      const mature = ({ exposedAt }: SlowSubject) =>
        exposedAt !== null && (cut === null || exposedAt.toISOString().slice(0, 10) < cut);
      expect(result.leftOut).toEqual({
        imported,
        mixed,
        notExposed: subjects.filter(({ exposedAt }) => exposedAt === null).length,
        immature: subjects.filter((subject) => subject.exposedAt !== null && !mature(subject)).length,
        afterPlannedEnd: 0,
        erased: subjects.filter(({ isErased }) => isErased).length,
      });
      // The history has something of everything, or the test would say little.
      expect(imported).toBeGreaterThan(0);
      expect(result.leftOut.notExposed).toBeGreaterThan(0);
      expect(subjects.filter(mature).length).toBeGreaterThan(30);
      if (unit === "visitor") expect(mixed).toBeGreaterThan(0);
      else expect(result.leftOut.erased).toBeGreaterThan(0);
      if (hasEnded) await expectSomethingAfter(question);

      expectSame(
        armsOf(result, "event:clicked"),
        sumUp(subjects, cut, (subject) => [Math.min(1, happenedOf(subject, "clicked").length), 0]),
        ["conversions"],
      );
      const bounded = (subject: SlowSubject) =>
        sum(happenedOf(subject, "bought").map(({ value }) => Math.min(90, value)));
      expectSame(
        armsOf(result, "revenue"),
        sumUp(subjects, cut, (subject) => [Math.min(120, bounded(subject)), 0]),
        ["y", "yMin"],
      );
      for (const [key, event] of [
        ["balance", "settled"],
        ["debt", "owed"],
      ] as const) {
        const cap = capOf(subjects, event);
        if (key === "debt") expect(cap).toBe(0);
        else expect(cap).toBeGreaterThan(0);
        expectSame(
          armsOf(result, key),
          sumUp(subjects, cut, (subject) => [Math.min(cap, worthOf(subject, event)), 0]),
          ["y", "yMin"],
        );
      }
      expectSame(
        armsOf(result, "value-per-purchase"),
        sumUp(subjects, cut, (subject) => [worthOf(subject, "bought"), happenedOf(subject, "bought").length]),
        ["y", "x", "comoment", "yMin", "xMin"],
      );
      const bookings = await pool.query<{ userId: number | null; teamId: number | null; createdAt: Date }>(
        `SELECT "userId", "teamId", booking."createdAt" FROM "Booking" AS booking JOIN "EventType" ON "EventType"."id" = "eventTypeId"`,
      );
      const owner = unit === "team" ? "teamId" : "userId";
      const booked = (subject: SlowSubject, isCounted: (at: Date) => boolean) =>
        bookings.rows.filter(
          (booking) =>
            booking[owner] !== null && booking[owner] === subject[owner] && isCounted(booking.createdAt),
        ).length;
      // Of a browser that was nobody's when it saw its variant, nothing was known before.
      const isKnownBefore = ({ linkedAt, exposedAt }: SlowSubject) =>
        unit !== "visitor" || (linkedAt !== null && exposedAt !== null && linkedAt <= exposedAt);
      const isWeekBefore = ({ exposedAt }: SlowSubject, at: Date) =>
        exposedAt !== null && at < exposedAt && Number(at) >= Number(exposedAt) - 7 * DAY_MS;
      expectSame(
        armsOf(result, "bookings"),
        sumUp(
          subjects.filter(({ isErased }) => !isErased),
          cut,
          (subject) => [
            booked(subject, (at) => counts(question, subject.exposedAt, at)),
            isKnownBefore(subject) ? booked(subject, (at) => isWeekBefore(subject, at)) : 0,
          ],
        ),
        ["y", "x", "comoment", "yMin"],
      );
    },
  );
});

/**
 * Assignments, exposures, conversions and links that must not count. Read by row: a link after the end can mix a person's
 * variants, so that fewer subjects and conversions would count without an end.
 */
async function expectSomethingAfter({ slug, unit, endedAt }: Question): Promise<void> {
  const { rows } = await fixture.database.pool.query<Record<string, number>>(
    `SELECT count(*) FILTER (WHERE "assignedAt" >= $2)::int AS assigned,
       count(*) FILTER (WHERE "assignedAt" < $2 AND "exposedAt" >= $2)::int AS exposed,
       count(*) FILTER (WHERE "assignedAt" < $2 AND EXISTS (SELECT FROM "ExperimentConversion" AS conversion
         WHERE conversion."assignmentId" = assignment."id" AND "occurredAt" >= $2))::int AS converted,
       count(*) FILTER (WHERE "assignedAt" < $2 AND EXISTS (SELECT FROM "VisitorLink" AS link
         WHERE link."visitorId" = assignment."visitorId" AND "linkedAt" >= $2))::int AS linked
     FROM "ExperimentVariant" AS assignment WHERE "experimentSlug" = $1`,
    [slug, endedAt],
  );
  const { assigned, exposed, converted, linked } = rows[0] ?? {};
  expect(assigned).toBeGreaterThan(0);
  expect(exposed).toBeGreaterThan(0);
  expect(converted).toBeGreaterThan(0);
  if (unit === "visitor") expect(linked).toBeGreaterThan(0);
}
