import { expect, loginAs, long, test } from "./support/fixtures";
import { type OwnServer, startOwnServer } from "./support/own-server";
import { aDraftOf } from "./support/role-matrix";
import { watch } from "./support/watch-page";

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server.stop());

/** Written by hand, past everything that would refuse it. */
const planted = {
  "year-0": ["{schedule}", '{"startAt":"0000-01-01T00:00:00.000Z","stopAt":null}'],
  "a-constructor": ["{variants,0,payload}", '{"constructor":null}'],
  "a-prototype": ["{targetingRules,userAttributes}", '{"__proto__":{"a":1}}'],
  "nul-like": ["{hypothesis}", JSON.stringify("a\\u0000b\u0001")],
} as const;

test(
  "rows that were planted by SQL harm themselves alone, and the admin names them",
  long,
  async ({ page }) => {
    // Some twenty pages.
    const { baseUrl, admin, database } = server;
    const watched = await watch(page);
    await loginAs(page, admin.email, { baseUrl, password: admin.password });
    const create = async (slug: string) => {
      const answer = await page.request.post(`${baseUrl}/api/trpc/viewer.admin.experiments.create`, {
        data: { json: aDraftOf(slug) },
      });
      expect(answer.status(), slug).toBe(200);
    };
    await create("healthy");
    for (const [slug, [place, json]] of Object.entries(planted)) {
      await create(slug);
      await database.pool.query(
        `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", $2::text[], $3::jsonb) WHERE "slug" = $1`,
        [slug, place, json],
      );
    }
    await database.pool.query(
      `INSERT INTO "Feature" ("slug", "type") VALUES ('constructor', 'RELEASE'), ('__proto__', 'RELEASE')`,
    );
    await database.pool.query(
      `INSERT INTO "AuditLog" ("at", "actorRole", "tableName", "rowKey", "action", "before", "after") VALUES
     ('infinity', 'x', 'ExperimentMember', 'abc', 'UPDATE', '{"constructor":null}', '{"role":{"toString":1},"__proto__":{"a":1}}'),
     ('0001-01-01 BC', 'x', 'ExperimentResult', 'healthy', 'LOOK', NULL, '[1,{"prototype":1}]')`,
    );

    const admins = "/settings/admin";
    const own = Object.keys(planted).map((slug) => `${admins}/experiments/${slug}`);
    const everywhere = ["", "/new", "/activity", "/people", "/healthy", "/healthy/edit"].map(
      (path) => `${admins}/experiments${path}`,
    );
    for (const path of [
      ...everywhere,
      ...own,
      `${admins}/flags`,
      "/",
      "/pricing",
      "/teams",
      "/settings/profile",
    ]) {
      expect((await page.goto(`${baseUrl}${path}`))?.status(), path).toBe(200);
      await expect(page.getByRole("heading").first(), path).toBeVisible();
    }
    // The browser drew each of them, too.
    expect(watched.problems).toEqual([]);

    await page.goto(`${baseUrl}${admins}/experiments`);
    for (const [slug, field] of [
      ["year-0", "schedule.startAt"],
      ["a-constructor", "variants.0.payload"],
      ["a-prototype", "targetingRules.userAttributes"],
    ] as const)
      await expect(page.getByRole("row", { name: new RegExp(slug) })).toContainText(field);
    await page.goto(`${baseUrl}${own[0]}`);
    await expect(page.getByText("schedule.startAt is missing or invalid")).toBeVisible();
  },
);
