import type { Database } from "@calcom/prisma";
import { expect } from "vitest";
import { countsOf, type Fixture } from "../database-fixtures";
import { isLive, isWaiting, type Model, type ModelExperiment, type ModelRow } from "./model";
import { recount } from "./recount";

/** The real thing: several server processes' worth of module, each with a pool and a cache of its own. */
export interface World {
  nodes: Fixture[];
}

export interface StoredRow {
  id: string;
  slug: string;
  subject: string | null;
  variant: string;
  epoch: number;
  assignedAt: Date;
  exposedAt: Date | null;
  isProvisional: boolean;
}

export interface StoredConversion {
  assignmentId: string;
  event: string;
  key: string;
  occurredAt: Date;
}

export function databaseOf({ nodes }: World): Database {
  return (nodes[0] as Fixture).database;
}

export function nodeOf({ nodes }: World, index: number): Fixture {
  return nodes[index % nodes.length] as Fixture;
}

/** Waits until every node has seen what the others have changed, which takes a second at most. */
export async function synchronize({ nodes }: World): Promise<void> {
  const since = performance.now();
  for (;;) {
    const stamps = await Promise.all(nodes.map(({ module }) => module.experiments.stamp()));
    if (new Set(stamps).size === 1) return;
    if (performance.now() - since > 2_000) throw new Error("The nodes do not agree on the configuration.");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** What must be true after each command, whatever came before it. */
export async function checkInvariants(model: Model, world: World): Promise<void> {
  const stored = await readStored(model, world);
  for (const experiment of model.experiments) {
    checkRows(
      experiment,
      stored.rows.filter(({ slug }) => slug === experiment.slug),
    );
    checkConversions(experiment, stored.conversions);
    await checkConfiguration(experiment, world);
    await checkAudit(experiment, world);
  }
  const links = model.experiments.length > 0 ? await readLinks(model, world) : new Map(model.links);
  expect(links, "links of visitors to people").toEqual(model.links);
}

/** Each number that an admin sees follows from the rows, counted once more by hand. */
export async function checkStats(model: Model, world: World): Promise<void> {
  const node = nodeOf(world, 0);
  for (const experiment of model.experiments) {
    const expected = recount(model, experiment);
    expect(await countsOf(node, experiment.slug), `counts of ${experiment.slug}`).toEqual(expected);
    const { total, imported, mixed } = await node.module.admin.catalog.readStats(node.admin, experiment.slug);
    expect({ total, imported, mixed }, `totals of ${experiment.slug}`).toEqual({
      total: expected.total,
      imported: expected.imported,
      mixed: expected.mixed,
    });
  }
}

export async function readStored(model: Model, world: World) {
  const { pool } = databaseOf(world);
  const slugs = model.experiments.map(({ slug }) => slug);
  const rows = await pool.query<StoredRow>(
    `SELECT "id", "experimentSlug" AS slug, "variant", "epoch", "assignedAt", "exposedAt", "isProvisional",
       coalesce('user:' || "userId", 'team:' || "teamId", 'visitor:' || "visitorId") AS subject
     FROM "ExperimentVariant" WHERE "experimentSlug" = ANY($1) ORDER BY "assignedAt"`,
    [slugs],
  );
  const conversions = await pool.query<StoredConversion>(
    `SELECT "assignmentId", "conversionEvent" AS event, "idempotencyKey" AS key, "occurredAt"
     FROM "ExperimentConversion" WHERE "assignmentId" = ANY($1::uuid[])`,
    [rows.rows.map(({ id }) => id)],
  );
  return { rows: rows.rows, conversions: conversions.rows };
}

/** The model's rows are the stored ones, no more and no fewer; their times are learned on the way. */
function checkRows(experiment: ModelExperiment, rows: StoredRow[]): void {
  const subjects = rows.flatMap(({ subject }) => subject ?? []);
  expect(subjects.length, `${experiment.slug}: one row per subject`).toBe(new Set(subjects).size);
  expect(rows.length, `${experiment.slug}: rows`).toBe(experiment.rows.length);
  for (const row of experiment.rows) {
    const found = rows.find(({ id, subject }) => (row.id === null ? subject === row.subject : id === row.id));
    expect(found, `the row of ${row.subject ?? row.id}`).toBeDefined();
    if (found === undefined) continue;
    expect(found.subject, "the subject of a row").toBe(row.subject);
    expect(found.variant, `the variant of ${row.subject}`).toBe(row.variant);
    expect(row.epochs, `the epoch of ${row.subject}`).toContain(found.epoch);
    expect(found.exposedAt !== null, `whether ${row.subject} was exposed`).toBe(row.isExposed);
    const isHeld = found.isProvisional && found.exposedAt === null;
    expect(isHeld, `whether ${row.subject} waits for its cookie`).toBe(isWaiting(row));
    if (row.exposedAt !== null) expect(found.exposedAt, "the first exposure").toEqual(row.exposedAt);
    Object.assign(row, { id: found.id, assignedAt: found.assignedAt, exposedAt: found.exposedAt });
  }
}

function checkConversions({ slug, rows }: ModelExperiment, stored: StoredConversion[]): void {
  for (const row of rows) {
    const found = stored.filter(({ assignmentId }) => assignmentId === row.id);
    if (row.subject === null) {
      checkErased(row.conversions, found);
      continue;
    }
    expect(found.map(nameOf).sort(), `${slug}: conversions`).toEqual(row.conversions.map(nameOf).sort());
    for (const conversion of row.conversions)
      conversion.occurredAt = found.find((one) => nameOf(one) === nameOf(conversion))?.occurredAt ?? null;
  }
}

/** What was done stays, at its time; the keys may name who did it, and are others. */
function checkErased(before: ModelRow["conversions"], found: StoredConversion[]): void {
  const doneOf = (conversions: readonly { event: string; occurredAt: Date | null }[]) =>
    conversions.map(({ event, occurredAt }) => `${event} ${occurredAt?.toISOString()}`).sort();
  expect(doneOf(found), "conversions of an erased subject").toEqual(doneOf(before));
}

const nameOf = ({ event, key }: { event: string; key: string }) => `${event} ${key}`;

async function checkConfiguration(experiment: ModelExperiment, world: World): Promise<void> {
  const { module, admin, database } = nodeOf(world, 0);
  const { slug, status, version, winner, traffic, weights } = experiment;
  const detail = await module.admin.catalog.get(admin, slug);
  expect(detail).toMatchObject({ status, version, winnerVariant: winner, damage: null });
  expect(detail.config?.trafficPercentage).toBe(traffic);
  expect(weightsOf(detail.variants)).toEqual(weights);
  const { enabled } = await database.prisma.feature.findUniqueOrThrow({ where: { slug } });
  expect(enabled, "enabled mirrors running").toBe(status === "running");

  const { epochs } = detail;
  expect(epochs.map(({ number }) => number)).toEqual(experiment.epochs.map((_epoch, index) => index + 1));
  epochs.forEach((epoch, index) => {
    expect({ weights: epoch.weights, traffic: epoch.trafficPercentage }).toEqual(experiment.epochs[index]);
    const next = epochs[index + 1];
    if (next) expect(Number(epoch.endedAt), "an epoch ends before the next").toBeGreaterThan(0);
    if (next) expect(Number(epoch.endedAt)).toBeLessThanOrEqual(Number(next.startedAt));
    else
      expect(epoch.endedAt === null, "the last epoch is open while the experiment lives").toBe(
        isLive(experiment),
      );
  });
}

/** One entry for each change; each begins where the last one ended, and the last one is what is stored. */
async function checkAudit({ slug, version }: ModelExperiment, world: World): Promise<void> {
  const { admin, database } = nodeOf(world, 0);
  const { rows } = await database.pool.query<{ entry: AuditEntry; now: unknown }>(
    `SELECT to_jsonb(log) AS entry, to_jsonb(feature) AS now
     FROM "AuditLog" AS log JOIN "Feature" AS feature ON feature."slug" = log."rowKey"
     WHERE log."tableName" = 'Feature' AND log."rowKey" = $1 ORDER BY log."id"`,
    [slug],
  );
  const entries = rows.map(({ entry }) => entry);
  expect(entries.length, `${slug}: one audit entry per change`).toBe(version);
  entries.forEach((entry, index) => {
    expect(entry).toMatchObject({ actorId: admin.userId, action: index === 0 ? "INSERT" : "UPDATE" });
    expect(entry.before).toEqual(index === 0 ? null : entries[index - 1]?.after);
  });
  expect(entries.at(-1)?.after).toEqual(rows[0]?.now);
}

interface AuditEntry {
  before: unknown;
  after: unknown;
}

async function readLinks(model: Model, world: World): Promise<Map<string, number>> {
  const visitors = [...model.links.keys(), ...model.browsers.map(({ visitorId }) => visitorId)];
  const links = await databaseOf(world).prisma.visitorLink.findMany({
    where: { OR: [{ visitorId: { in: visitors } }, { userId: { in: model.users } }] },
  });
  return new Map(links.map(({ visitorId, userId }) => [visitorId, userId]));
}

export function weightsOf(variants: { name: string; percentage: number }[]): Record<string, number> {
  return Object.fromEntries(variants.map(({ name, percentage }) => [name, percentage]));
}
