import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  aMetric,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";
import { MAX_CHECKLIST_ITEMS } from "../types/checklist";
import { MAX_VIEWS } from "../types/views";
import { MAX_METRICS } from "./metric-catalog.repository";

const { connectionString } = await testDatabase();
/** Two nodes on one database. */
let nodes: [Fixture, Fixture];
beforeAll(async () => {
  nodes = [await createFixture(connectionString), await createFixture(connectionString)];
});
afterAll(() => Promise.all(nodes.map((node) => node.close())));

const AT_ONCE = 20;
const ROOM = 3;

interface Limit {
  most: number;
  /** Makes so many, and says how one more is added, and how many there are. */
  fill(
    count: number,
  ): Promise<{ add: (node: Fixture, n: number) => Promise<unknown>; count: () => Promise<number> }>;
  refusal: string;
}

const sql = async (text: string, values: unknown[]) =>
  (await nodes[0].database.pool.query(text, values)).rows;
const countOf =
  (table: string, where = "true", values: unknown[] = []) =>
  async () =>
    (await sql(`SELECT count(*)::int AS n FROM "${table}" WHERE ${where}`, values))[0]?.n;

const linksOf = (kind: "variants" | "report"): Limit => ({
  most: 100,
  refusal: "too_many_links",
  async fill(count) {
    const [{ admin, database }] = nodes;
    const { slug } = await aRunningExperiment(nodes[0]);
    await database.pool.query(
      `INSERT INTO "PreviewLink" ("experimentSlug", "makerId", "expiresAt", "tokenHash")
       SELECT $1, $2, now() + interval '1 day', CASE WHEN $4 THEN md5($1 || n) || md5(n::text) END FROM generate_series(1, $3::int) AS n`,
      [slug, admin.userId, count, kind === "report"],
    );
    const isOfKind = `"experimentSlug" = $1 AND ("tokenHash" IS NOT NULL) = $2`;
    return {
      add: ({ module }) =>
        kind === "report"
          ? module.admin.reports.mintLink(admin, { slug, days: 1 })
          : module.previews.mintLinks(admin, { slug, days: 1 }),
      count: countOf("PreviewLink", isOfKind, [slug, kind === "report"]),
    };
  },
});

const LIMITS: Record<string, Limit> = {
  "links to variants": linksOf("variants"),
  "links to a report": linksOf("report"),
  "items of the checklist": {
    most: MAX_CHECKLIST_ITEMS,
    refusal: "invalid_config",
    async fill(count) {
      await sql(
        `INSERT INTO "ExperimentChecklistItem" ("text") SELECT 'Item ' || n FROM generate_series(1, $1::int) AS n`,
        [count],
      );
      return {
        add: ({ module, admin }, n) => module.admin.checklist.add(admin, `Another ${n}`),
        count: countOf("ExperimentChecklistItem"),
      };
    },
  },
  "views of a person": {
    most: MAX_VIEWS,
    refusal: "invalid_config",
    async fill(count) {
      const userId = await createUser(nodes[0].database);
      await sql(`INSERT INTO "ExperimentMember" ("userId", "role") VALUES ($1, 'VIEWER')`, [userId]);
      await sql(
        `INSERT INTO "ExperimentView" ("userId", "name", "filter") SELECT $1, 'View ' || n, '{}' FROM generate_series(1, $2::int) AS n`,
        [userId, count],
      );
      return {
        add: ({ module }, n) => module.admin.views.save({ userId }, { name: `Another ${n}`, filter: {} }),
        count: countOf("ExperimentView", `"userId" = $1`, [userId]),
      };
    },
  },
  "metrics of the catalog": {
    most: MAX_METRICS,
    refusal: "invalid_config",
    async fill(count) {
      const [{ module, admin }] = nodes;
      await module.admin.metricCatalog.create(admin, aMetric({ key: "first" }));
      await sql(
        `INSERT INTO "ExperimentMetric" ("key", "description", "status", "version")
         SELECT 'metric-' || n, '', 'ready', 1 FROM generate_series(2, $1::int) AS n`,
        [count],
      );
      return {
        add: (node, n) =>
          node.module.admin.metricCatalog.create(node.admin, aMetric({ key: `another-${n}` })),
        count: countOf("ExperimentMetric"),
      };
    },
  },
};

test.each(Object.keys(LIMITS))(
  "of twenty who add at the same time, on two nodes, no more get in than there is room for: %s",
  async (name) => {
    const { most, fill, refusal } = LIMITS[name] as Limit;
    const { add, count } = await fill(most - ROOM);
    const attempts = await Promise.allSettled(
      Array.from({ length: AT_ONCE }, (_, n) => add(nodes[n % 2 === 0 ? 0 : 1], n)),
    );
    const refused = attempts.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect(refused).toEqual(Array(AT_ONCE - ROOM).fill(refusal));
    expect(await count()).toBe(most);
  },
);
