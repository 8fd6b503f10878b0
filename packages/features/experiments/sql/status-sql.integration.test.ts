import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { afterAll, expect, it } from "vitest";
import { statusSchema } from "../types/settings";
import { readStatus } from "../utils/stored-config";
import { statusSql } from "./status-sql";

const { connectionString } = await testDatabase();
const { pool, close } = createDatabase({ connectionString, max: 1 });
afterAll(() => close());

const METADATA = [
  null,
  {},
  [],
  "text",
  7,
  { status: null },
  { status: 3 },
  { status: "nonsense" },
  { variants: [] },
  ...statusSchema.options.map((status) => ({ status })),
];

it.each(METADATA.flatMap((metadata) => [true, false].map((enabled) => ({ enabled, metadata }))))(
  "the database and the code read the same status from %j",
  async (row) => {
    const { rows } = await pool.query(
      `SELECT ${statusSql("feature")} AS status FROM (SELECT $1::boolean AS "enabled", $2::jsonb AS "metadata") AS feature`,
      [row.enabled, JSON.stringify(row.metadata)],
    );
    expect(rows[0].status).toBe(readStatus(row));
  },
);
