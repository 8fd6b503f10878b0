import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { ExperimentDetail } from "../types/admin";
import type { ExperimentAnswer } from "../types/answers";
import type { ExperimentPatch } from "../types/input";
import { anIdentity, aRunningExperiment, type Fixture } from "./database-fixtures";

export const CALLERS = 64;

export interface ChangingLoad {
  /** For what is prepared and read. */
  fixture: Fixture;
  /** Another node on the same database. */
  open(): Promise<Fixture>;
  subjects: number;
  /** From twelve on each kind of change is among them. */
  changes: number;
}

/**
 * So many subjects at 64 concurrent callers over two nodes, while the configuration changes so often: no error, no
 * deadlock, no row lost, and nobody has a second variant.
 */
export async function expectNobodyMoved({
  fixture,
  open,
  subjects,
  changes: wanted,
}: ChangingLoad): Promise<void> {
  const userIds = await createUsers(fixture, subjects);
  const ofUsers = await aRunningExperiment(fixture, { assignmentType: "random" });
  const ofVisitors = await aRunningExperiment(fixture, { unit: "visitor" });
  const deadlocksBefore = await countDeadlocks(fixture);
  const nodes = [await open(), await open()];

  const told = new Map<string, Set<string>>();
  const reasons = new Set<string>();
  const recordAll = (answers: ExperimentAnswer[]) => {
    for (const { slug, subject, variant, reason } of answers) {
      reasons.add(reason);
      if (variant === null) continue;
      const key = `${slug} ${subject}`;
      told.set(key, (told.get(key) ?? new Set()).add(variant));
    }
  };
  let started = 0;
  let changes = 0;
  const callers = Array.from({ length: CALLERS }, async () => {
    for (let next = started++; next < subjects; next = started++) {
      // Nobody gets so far ahead that the last changes find no load.
      while (changes < wanted && next > ((changes + 1) * subjects) / (wanted + 1) + subjects / 100)
        await sleep(1);
      const identity = anIdentity({ userId: userIds[next] as number, visitorId: randomUUID() });
      // In opposite orders on the two nodes, which is how rows come to be locked crosswise.
      const requests = [{ slug: ofUsers.slug }, { slug: ofVisitors.slug }];
      const asked = nodes.map((node, index) =>
        node.module.experiments.decide(identity, index ? requests.toReversed() : requests),
      );
      for (const answers of await Promise.all(asked)) recordAll(answers);
      // A node may have been behind by a change; by now both see the row, if there is one.
      recordAll(await (nodes[next % 2] as Fixture).module.experiments.decide(identity, requests));
    }
  });
  const experiments = [ofUsers, ofVisitors];
  const admins = async () => {
    for (; changes < wanted; changes++) {
      while (started < (changes * subjects) / (wanted + 1)) await sleep(1);
      const which = changes % 2;
      experiments[which] = await change(
        nodes[changes % 3 ? 0 : 1] as Fixture,
        experiments[which] as ExperimentDetail,
        changes,
      );
    }
    return started;
  };
  const [startedAtLastChange] = await Promise.all([admins(), ...callers]);
  for (const node of nodes) await node.close();

  expect(changes).toBe(wanted);
  expect(startedAtLastChange, "the last change was made under load").toBeLessThan(subjects);
  expect([...reasons].sort()).toEqual(["allocated", "not_in_traffic", "paused", "sticky"]);
  expect(await countDeadlocks(fixture)).toBe(deadlocksBefore);
  const rows = await storedVariants(fixture, [ofUsers.slug, ofVisitors.slug]);
  expect(told.size, "most subjects were let in").toBeGreaterThan(subjects / 2);
  expect([...told].filter(([, variants]) => variants.size !== 1)).toEqual([]);
  const differing = [...told].filter(([key, variants]) => !variants.has(rows.get(key) ?? ""));
  expect(differing, "subjects whose row is not what they were told").toEqual([]);
  expect(rows.size, "rows that nobody was told of").toBe(told.size);
}

/** Weights, traffic, pause and resume in turn. */
async function change(
  { module, admin }: Fixture,
  { slug, version, status }: ExperimentDetail,
  count: number,
): Promise<ExperimentDetail> {
  if (status === "paused")
    return module.admin.lifecycle.updateStatus(admin, { slug, version, action: "resume" });
  const turn = Math.floor(count / 2) % 5;
  if (turn === 4) return module.admin.lifecycle.updateStatus(admin, { slug, version, action: "pause" });
  const share = [10, 50, 90, 30][turn] as number;
  const patch: ExperimentPatch =
    turn % 2
      ? { trafficPercentage: share }
      : {
          variants: [
            { name: "control", percentage: share },
            { name: "urgent", percentage: 100 - share },
          ],
        };
  return module.admin.editing.updateConfig(admin, { slug, version, patch });
}

async function countDeadlocks(fixture: Fixture): Promise<number> {
  const { rows } = await fixture.database.pool.query<{ deadlocks: string }>(
    "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
  );
  return Number(rows[0]?.deadlocks);
}

/** `slug user:1` to the stored variant; throws where a subject has two rows. */
export async function storedVariants({ database }: Fixture, slugs: string[]): Promise<Map<string, string>> {
  const { rows } = await database.pool.query<{ key: string; variant: string }>(
    `SELECT "experimentSlug" || ' ' || coalesce('user:' || "userId", 'team:' || "teamId", 'visitor:' || "visitorId") AS key,
       "variant" FROM "ExperimentVariant" WHERE "experimentSlug" = ANY($1)`,
    [slugs],
  );
  const stored = new Map(rows.map(({ key, variant }) => [key, variant]));
  expect(stored.size, "one row per subject").toBe(rows.length);
  return stored;
}

export async function createUsers({ database }: Fixture, count: number): Promise<number[]> {
  const { rows } = await database.pool.query<{ id: number }>(
    `INSERT INTO "User" ("email", "name", "passwordHash")
     SELECT gen_random_uuid() || '@test.example', 'Uma', '-' FROM generate_series(1, $1) RETURNING "id"`,
    [count],
  );
  return rows.map(({ id }) => id);
}
