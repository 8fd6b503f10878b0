import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { ScriptError } from "@calcom/lib/script-error";
import { createDatabase } from "@calcom/prisma";
import type { Pool } from "pg";
import { expect, test } from "vitest";
import { runDoctor } from "../doctor";
import { createExperimentsModule } from "../module";
import { anIdentity, anInput } from "../testing/database-fixtures";
import { FOREIGN_SETTINGS, makeForeignHost, readViews, withinSchema } from "../testing/foreign-host";
import type { HostId, IdType } from "../types/host-id";
import { findFaultyStructure } from "./host-views";
import { listModuleMigrations } from "./module-sql";
import { describeHost } from "./testing/describe-host";
import { describeSchema } from "./testing/describe-schema";
import { buildUninstallSql } from "./uninstall-sql";

const KINDS: [users: IdType, teams: IdType][] = [
  ["text", "uuid"],
  ["uuid", "integer"],
  ["integer", "text"],
  ["bigint", "bigint"],
];
const CASES = KINDS.flatMap(([users, teams]) =>
  [null, "public"].map((flags) => ({ ids: { users, teams }, flags })),
);

test.each(CASES)(
  "a database of $ids.users ids that has rows is upgraded, with flags in $flags",
  async ({ ids, flags }) => {
    const settings = { ...FOREIGN_SETTINGS, ids, flags };
    const searchPath = flags === null ? "experiments" : "experiments,public";
    const { connectionString } = await testDatabase({ isEmpty: true });
    const database = createDatabase({ connectionString: withinSchema(connectionString, searchPath) });
    const { pool } = database;
    const [first, ...further] = listModuleMigrations(settings);
    await makeForeignHost(pool, settings);
    const host = await describeHost(pool);
    await pool.query(readViews(ids.teams));
    await pool.query(first?.sql ?? "");
    // A node that has been there since before the upgrade, and goes on.
    const module = createExperimentsModule({ database, ids, decisionBudgetMs: 10_000 });
    const aPerson = () => addPerson(pool);
    const staff = { userId: await addPerson(pool, true) };
    const { slug, version } = await module.admin.editing.create(staff, anInput());
    const start = { slug, version, action: "start", withoutMetric: "A test of an upgrade." } as const;
    await module.admin.lifecycle.updateStatus(staff, start);
    const identity = anIdentity({ userId: await aPerson() });
    const [shown] = await module.experiments.decide(identity, [{ slug }]);
    const columns = await readColumns(pool);
    const before = await readRows(pool, columns);
    // One at a time stays of each kind, as the second file has it.
    for (const enabled of [true, false, null, null])
      await pool.query(
        `INSERT INTO "ScheduledFlagChange" ("flagSlug", "at", "enabled") VALUES ($1, '2090-01-01', $2)`,
        [slug, enabled],
      );

    const names = further.map(({ name }) => name).join(", ");
    const lacking = `The database lacks the module’s ${further.length === 1 ? "migration" : "migrations"} ${names}`;
    expect(await findFaultyStructure(pool, ids)).toEqual([
      `${lacking}: run “npx experiments upgrade”, and apply what it writes.`,
    ]);
    const complaint = await runDoctor({ url: connectionString }).catch((error: unknown) => error);
    expect(complaint).toBeInstanceOf(ScriptError);
    expect(String(complaint)).toContain(lacking);

    // What was applied in part is applied again.
    for (const { sql } of [...further, ...further]) await pool.query(sql);
    expect(await readPlans(pool)).toEqual([false, null]);
    expect(await findFaultyStructure(pool, ids)).toEqual([]);
    expect(await runDoctor({ url: connectionString })).toContain("no migration is missing");
    expect(await readRows(pool, columns)).toEqual(before);
    expect(await module.experiments.decide(identity, [{ slug }])).toMatchObject([
      { variant: shown?.variant },
    ]);
    const newcomer = anIdentity({ userId: await aPerson() });
    expect(await module.experiments.decide(newcomer, [{ slug }])).toMatchObject([{ reason: "allocated" }]);
    await module.close();

    const twin = await testDatabase({ isEmpty: true });
    const anew = createDatabase({ connectionString: withinSchema(twin.connectionString, searchPath) });
    await makeForeignHost(anew.pool, settings);
    await anew.pool.query(readViews(ids.teams));
    for (const { sql } of listModuleMigrations(settings)) await anew.pool.query(sql);
    expect(await describeSchema(pool)).toEqual(await describeSchema(anew.pool));
    await anew.close();

    await pool.query("DELETE FROM public.people WHERE mail LIKE '%@new.example'");
    await pool.query(buildUninstallSql(settings));
    expect(await describeHost(pool)).toEqual(host);
    await database.close();
  },
);

async function addPerson(pool: Pool, isStaff = false): Promise<HostId> {
  const { rows } = await pool.query(
    "INSERT INTO public.people (mail, is_staff) VALUES ($1, $2) RETURNING person_id",
    [`${randomUUID()}@new.example`, isStaff],
  );
  return rows[0].person_id;
}

async function readPlans(pool: Pool): Promise<(boolean | null)[]> {
  const { rows } = await pool.query(`SELECT "enabled" FROM "ScheduledFlagChange" ORDER BY "id"`);
  return rows.map(({ enabled }) => enabled);
}

/** Tables whose rows an upgrade must leave as they are. It may add columns. */
const KEPT = ["Feature", "UserFeatures", "ExperimentVariant", "ExperimentEpoch"];

type Columns = Readonly<Record<string, string[]>>;

async function readColumns(pool: Pool): Promise<Columns> {
  const { rows } = await pool.query<{ table: string; columns: string[] }>(
    `SELECT "class"."relname" AS "table", array_agg("attname"::text) AS "columns"
     FROM pg_attribute JOIN pg_class AS "class" ON "class"."oid" = "attrelid"
     WHERE "attrelid" = ANY ($1::text[]::regclass[]) AND "attnum" > 0 AND NOT "attisdropped"
     GROUP BY "class"."relname"`,
    [KEPT.map((table) => `"${table}"`)],
  );
  expect(rows.map(({ table }) => table).sort()).toEqual([...KEPT].sort());
  return Object.fromEntries(rows.map(({ table, columns }) => [table, columns]));
}

async function readRows(pool: Pool, columns: Columns): Promise<unknown> {
  const read = KEPT.map((table) =>
    pool.query(
      `SELECT (SELECT jsonb_object_agg("key", "value") FROM jsonb_each(to_jsonb(stored)) WHERE "key" = ANY ($1))::text AS row
       FROM "${table}" AS stored ORDER BY 1`,
      [columns[table]],
    ),
  );
  return (await Promise.all(read)).map(({ rows }) => rows);
}
