// What an application mounts, made from one configuration, on a database that knows nothing of this repository.

import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { logger } from "@calcom/lib/logger";
import pg from "pg";
import { isValidElement, type ReactElement } from "react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runCli } from "./cli";
import type { ExperimentProviderProps } from "./context/ExperimentProvider";
import { createExperiments } from "./create-experiments";
import { mintVisitorId } from "./lib/visitor-id";
import { defineMetric } from "./metrics/define-metric";
import { defineSource } from "./metrics/define-source";
import { anInput } from "./testing/database-fixtures";
import { installInForeignHost, makeForeignHost, readViews } from "./testing/foreign-host";
import { newMetricSchema } from "./types/metric-catalog";

const given = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock("next/headers", () => ({ headers: async () => given.headers }));
vi.mock("next/server", () => ({ after: (work: () => Promise<void>) => void work() }));

const { connectionString } = await testDatabase({ isEmpty: true });
/** The host's own connections: nobody told them where the module is. */
const own = new pg.Pool({ connectionString });
const secret = "a-secret-of-the-tests-0123456789abcd";
const mounted = createExperiments({
  database: { url: connectionString },
  secrets: [secret],
  decisionBudgetMs: 10_000,
  metrics: [
    defineMetric({
      key: "bought",
      name: "Bought",
      kind: "conversion",
      source: { query: { user: "SELECT buyer AS subject, at FROM public.sales" } },
    }),
  ],
  sources: [
    defineSource({
      key: "sales",
      name: "Sales",
      query: { user: "SELECT buyer AS subject, at FROM public.sales" },
    }),
  ],
  userOf: (headers) => Number(headers.get("x-test-user")) || null,
});
let staff: { userId: number };

const aPerson = async (isStaff = false): Promise<number> => {
  const { rows } = await own.query(
    "INSERT INTO people (mail, is_staff) VALUES ($1, $2) RETURNING person_id",
    [`${randomUUID()}@host.example`, isStaff],
  );
  return rows[0].person_id;
};
const start = async () => {
  const { admin } = mounted.module();
  const { slug, version } = await admin.editing.create(staff, anInput({}));
  const withoutMetric = "A test of an installation.";
  await admin.lifecycle.updateStatus(staff, { slug, version, action: "start", withoutMetric });
  return slug;
};
const health = async () => {
  const response = await mounted.handler.GET(new Request("https://host.example/api/experiments/health"));
  return { status: response.status, said: await response.json() };
};

beforeAll(async () => {
  await installInForeignHost(own);
  staff = { userId: await aPerson(true) };
});
afterAll(async () => {
  await mounted.close();
  await own.end();
});

test("experiments measure what code defines, and what people make of the sources that it offers", async () => {
  const { admin, results } = mounted.module();
  await admin.metricCatalog.create(
    staff,
    newMetricSchema.parse({
      key: "sold",
      definition: { kind: "conversion", name: "Sold", source: { from: "source", source: "sales" } },
    }),
  );
  const metrics = { primary: "sold", secondary: ["bought"], guardrails: [] };
  const { slug, version } = await admin.editing.create(staff, anInput({ metrics }));
  await admin.lifecycle.updateStatus(staff, { slug, version, action: "start" });
  const { result } = await results.refresh(staff, slug);
  expect(result?.metrics.map(({ key }) => key)).toEqual(["sold", "bought"]);
});

test("a page is decided for in the request that renders it, and its hooks know the route", async () => {
  const slug = await start();
  const render = mounted.ExperimentProvider as (props: ExperimentProviderProps) => Promise<ReactElement>;
  const variants = new Set<unknown>();
  for (let index = 0; index < 20; index++) {
    const userId = await aPerson();
    given.headers = new Headers({ host: "host.example", "x-test-user": String(userId) });
    const element = await render({
      slugs: [slug as ExperimentProviderProps["slugs"][number]],
      children: null,
    });
    expect(isValidElement(element)).toBe(true);
    const props = element.props as { apiPath: string; subject: string; answers: { variant: string }[] };
    expect(props).toMatchObject({ apiPath: "/api/experiments", subject: `user:${userId}` });
    variants.add(props.answers[0]?.variant);
  }
  expect([...variants].sort()).toEqual(["control", "urgent"]);
});

test("a conversion is part of a transaction of connections that do not know the module's schema", async () => {
  const slug = await start();
  const userId = await aPerson();
  await mounted.module().experiments.decideFor({ userId }, [slug]);
  const client = await own.connect();
  await client.query("BEGIN");
  const before = await client.query("SHOW search_path");
  await client.query("INSERT INTO accounts (title) VALUES ('Bought')");
  expect(await mounted.trackConversion(client, "clicked", { subject: { userId } })).toEqual({ recorded: 1 });
  expect((await client.query("SHOW search_path")).rows).toEqual(before.rows);
  await client.query("COMMIT");
  client.release();
  const { rows } = await own.query(
    `SELECT "conversionEvent" FROM experiments."ExperimentConversion" WHERE "experimentSlug" = $1`,
    [slug],
  );
  expect(rows).toEqual([{ conversionEvent: "clicked" }]);
});

test("people without a name are shown all the same, wherever people are named", async () => {
  const { admin, previews } = mounted.module();
  const other = { userId: await aPerson(true) };
  const called = [String(other.userId), String(staff.userId)];
  const { slug } = await admin.editing.create(other, anInput({ tags: ["nameless"] }));
  const mine = await admin.editing.create(staff, anInput({ tags: ["nameless"] }));
  const { owners, items } = await admin.catalog.list(staff, { tag: "nameless" });
  expect(owners.map(({ name }) => name)).toEqual(expect.arrayContaining(called));
  expect(items.map(({ owner }) => owner?.name)).toEqual(called.toReversed());
  const month = new Date().toISOString().slice(0, 7);
  const calendar = await admin.calendar.list(staff, { month, months: 3, page: 1 });
  expect(calendar.owners.map(({ name }) => name)).toEqual(expect.arrayContaining(called));
  const members = await admin.access.members(staff);
  expect(members.map(({ name }) => name)).toEqual(expect.arrayContaining(called));
  await previews.mintLinks(staff, { slug: mine.slug, days: 1 });
  expect((await previews.listLinks(staff, mine.slug)).map(({ maker }) => maker.name)).toEqual([called[1]]);
  expect((await admin.catalog.get(staff, slug)).owner?.name).toBe(called[0]);
  const found = await admin.audience.findPeople(staff, { search: "@host.example" });
  expect(found.map(({ id, name }) => [String(id), name])).toEqual(found.map(({ name }) => [name, name]));
  await admin.activity.list(staff);
});

test("times that JavaScript does not have, planted past the gate, stop neither pages nor jobs", async () => {
  const [slug, userId] = [await start(), await aPerson()];
  const { admin, experiments, jobs } = mounted.module();
  await experiments.decideFor({ userId }, [slug]);
  await own.query(
    `WITH seen AS (
       UPDATE experiments."ExperimentVariant" SET "assignedAt" = '-infinity', "exposedAt" = 'infinity'
       WHERE "experimentSlug" = $1 RETURNING "id"
     )
     INSERT INTO experiments."ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "occurredAt")
     SELECT "id", 'clicked', at::text, at FROM seen, unnest('{infinity,-infinity,0044-03-15 BC}'::timestamptz[]) AS at`,
    [slug],
  );
  await own.query(
    `INSERT INTO experiments."AuditLog" ("at", "actorRole", "tableName", "rowKey", "action", "after")
     VALUES ('infinity', 'x', 'ExperimentResult', $1, 'LOOK', '{}')`,
    [slug],
  );
  await own.query(
    `INSERT INTO experiments."ExperimentCount" ("experimentSlug", "asOf", "assignments", "recentExposures", "counts")
     VALUES ($1, 'infinity', 5000, 0, '{"variants":[],"imported":0,"mixed":0}')`,
    [slug],
  );
  // What is over withholds no conversion.
  const { version } = await admin.catalog.get(staff, slug);
  await admin.lifecycle.conclude(staff, { slug, version, winnerVariant: null });
  const { entries } = await admin.activity.list(staff, { slug });
  const { events } = await admin.feed.read(staff, slug);
  const { timeline } = await admin.people.look(staff, {
    person: { unit: "user", id: userId },
    search: "",
    show: "all",
    page: 1,
  });
  const { items } = await admin.catalog.list(staff);
  expect([entries, events, timeline].map(({ length }) => length)).toEqual([4, 5, 3]);
  for (const at of [...entries, ...events, ...timeline].map((told) => told.at))
    expect(new Date(at.getTime())).toEqual(at);
  expect(items.map(({ updatedAt }) => Number.isNaN(updatedAt.getTime()))).not.toContain(true);
  expect(await admin.activity.exportCsv(staff, { slug })).toContain("+275760-09-13");
  expect((await jobs.run()).hasRun).toBe(true);
});

test("a browser belongs to the first who signs in: whoever signs in next, or signs out, has another visitor", async () => {
  const { admin, experiments } = mounted.module();
  const { slug, version } = await admin.editing.create(staff, anInput({ unit: "visitor" }));
  const withoutMetric = "A test of an installation.";
  await admin.lifecycle.updateStatus(staff, { slug, version, action: "start", withoutMetric });
  const pairOf = (setCookie: string | null) => setCookie?.split(";")[0] ?? "";
  const at = (cookie: string, userId?: number) => ({
    headers: new Headers({ cookie, ...(userId && { "x-test-user": String(userId) }) }),
  });
  const visitorAt = async (cookie: string) => (await mounted.identify(at(cookie))).visitorId;
  const first = await mintVisitorId(secret);
  const cookie = `theme=dark; __Host-cal_vid=${first.cookie}`;
  const [ada, bob] = [await aPerson(), await aPerson()];

  expect(await mounted.onSignIn(at(cookie), ada)).toBeNull();
  await experiments.decide(await mounted.identify(at(cookie, ada)), [{ slug }]);
  expect(await mounted.onSignIn(at(cookie), ada)).toBeNull();

  const setCookie = await mounted.onSignIn(at(cookie), bob);
  expect(setCookie).toMatch(/^__Host-cal_vid=.+; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure$/);
  expect(await visitorAt(pairOf(setCookie))).not.toBe(first.id);
  expect(await mounted.onSignIn(at(pairOf(setCookie)), bob)).toBeNull();
  const [answer] = await experiments.decide(await mounted.identify(at(pairOf(setCookie), bob)), [{ slug }]);
  expect(answer).toMatchObject({
    isNewAssignment: true,
    subject: `visitor:${await visitorAt(pairOf(setCookie))}`,
  });

  const left = await mounted.onSignOut(at(pairOf(setCookie)));
  expect([first.id, await visitorAt(pairOf(setCookie)), null]).not.toContain(await visitorAt(pairOf(left)));
  expect(pairOf(await mounted.onSignOut(at(`cal_vid=${first.cookie}`)))).toMatch(/^cal_vid=/);
  expect([await mounted.onSignIn(at("theme=dark"), ada), await mounted.onSignOut(at(""))]).toEqual([
    null,
    null,
  ]);
});

test("a browser is answered for whoever its session says, and a visitor by the cookie alone", async () => {
  const slug = await start();
  const userId = await aPerson();
  const ask = async (headers: Record<string, string>) => {
    const response = await mounted.handler.POST(
      new Request("https://host.example/base/api/experiments/answers", {
        method: "POST",
        body: JSON.stringify({ requests: [{ slug }] }),
        headers: { "sec-fetch-site": "same-origin", ...headers },
      }),
    );
    return (await response.json()).answers[0];
  };
  expect(await ask({ "x-test-user": String(userId) })).toMatchObject({ subject: `user:${userId}` });
  expect(await ask({})).toMatchObject({ reason: "no_unit", variant: null });
});

test("a page that stays open is told by its route that something has changed, and other sites are not", async () => {
  const ask = async (site = "same-origin") => {
    const address = "https://host.example/base/api/experiments/stamp";
    return mounted.handler.GET(new Request(address, { headers: { "sec-fetch-site": site } }));
  };
  const before = await (await ask()).json();
  expect(before).toEqual({ stamp: await mounted.module().experiments.stamp() });
  await start();
  expect(await (await ask()).json()).not.toEqual(before);
  expect((await ask("cross-site")).status).toBe(403);
});

test("its command holds a conclusion to its receipt, and says where there is none", async () => {
  const verify = (slug: string) => runCli(["verify", slug, "--url", connectionString], new Date());
  const slug = await start();
  const userId = await aPerson();
  await mounted.module().experiments.exposeFor({ userId }, [slug]);
  await expect(verify(slug)).rejects.toThrow(`${slug} has no receipt`);
  const { admin } = mounted.module();
  const { version } = await admin.catalog.get(staff, slug);
  await admin.lifecycle.conclude(staff, { slug, version, winnerVariant: null });
  expect(await verify(slug)).toContain("the receipt holds");
  await own.query(`DELETE FROM experiments."ExperimentVariant" WHERE "experimentSlug" = $1`, [slug]);
  await expect(verify(slug)).rejects.toThrow("the receipt no longer holds");
});

/** What nobody may learn of a host from outside: names of what it has, and words of the database. */
const INTERNAL = /experiment_host|relation|column|view |search.path|public\.|42P01|pg_/i;

/** Asks all that anybody can, as nobody and as somebody who may nothing. */
async function askEveryDoor(): Promise<string[]> {
  const slug = "upgrade-button-test";
  const bodies: Record<string, unknown> = {
    answers: { requests: [{ slug, teamId: 1 }] },
    visitor: {},
    exposures: { exposures: [{ slug, ageMs: 1 }] },
    conversions: { conversions: [{ event: "clicked", key: "a", ageMs: 0 }] },
    "admin/catalog.list": {},
    "admin/audience.count": {},
    "admin/no.such": {},
  };
  const people = ["", String(await aPerson())];
  const asked = people.flatMap((user) => {
    const headers = {
      "sec-fetch-site": "same-origin",
      "content-type": "application/json",
      "x-test-user": user,
    };
    const address = (path: string) => `https://host.example/api/experiments/${path}`;
    return [
      ...["health", "stamp", "nothing"].map((path) =>
        mounted.handler.GET(new Request(address(path), { headers })),
      ),
      ...Object.entries(bodies).map(([path, body]) =>
        mounted.handler.POST(
          new Request(address(path), { method: "POST", body: JSON.stringify(body), headers }),
        ),
      ),
    ];
  });
  return Promise.all(asked.map(async (answer) => (await answer).text()));
}

test("what a view lacks is said at the start, and nobody is told who asks from outside", async () => {
  await mounted.start();
  expect(await health()).toEqual({ status: 200, said: { status: "ok" } });
  await own.query("DROP VIEW experiments.experiment_host_memberships");
  const said = "There is no view experiment_host_memberships on the search path.";
  await expect(mounted.start()).rejects.toThrow(said);
  const error = vi.spyOn(logger, "error").mockImplementation(() => {});
  expect(await health()).toEqual({ status: 503, said: { status: "failing" } });
  expect(error).toHaveBeenCalledWith(expect.any(String), { faults: [said] });
  for (const answer of await askEveryDoor()) expect(answer).not.toMatch(INTERNAL);
  error.mockRestore();
  await own.query(
    "CREATE VIEW experiments.experiment_host_memberships AS SELECT person_id AS user_id FROM seats",
  );
  await expect(mounted.start()).rejects.toThrow("The view experiment_host_memberships lacks team_id.");
});

test("a column of another type is said at the start and by the doctor, with what to write", async () => {
  const { rows } = await own.query(
    `SELECT pg_get_viewdef('experiments.experiment_host_users'::regclass) AS users,
       pg_get_viewdef('experiments.experiment_host_teams'::regclass) AS teams`,
  );
  await own.query(`DROP VIEW experiments.experiment_host_memberships, experiments.experiment_host_users;
    CREATE VIEW experiments.experiment_host_memberships AS SELECT person_id AS user_id, account_id AS team_id FROM seats;
    CREATE VIEW experiments.experiment_host_users AS
    SELECT person_id AS id, mail::varchar(200) AS email, joined_at::timestamp AS created_at, '{}'::json AS attributes,
      NULL::text AS plan, is_staff::int AS is_admin FROM people;
    DROP VIEW experiments.experiment_host_teams;
    CREATE VIEW experiments.experiment_host_teams AS
    SELECT id, title::char(5) AS name, handle AS slug, false AS is_organization, NULL::integer AS organization_id,
      'teams' AS plan, (SELECT count(*) FROM public.seats WHERE account_id = accounts.id) AS members, '{}'::jsonb AS attributes
    FROM accounts`);
  const faults = [
    "The view experiment_host_users lacks name.",
    "The column created_at of the view experiment_host_users is timestamp without time zone, and has to be timestamp with time zone: name the zone that it was written in, as in created_at AT TIME ZONE 'UTC'.",
    "The column attributes of the view experiment_host_users is json, and has to be jsonb: write attributes::jsonb.",
    "The column is_admin of the view experiment_host_users is integer, and has to be boolean: write is_admin::boolean.",
    "The column members of the view experiment_host_teams is bigint, and has to be integer: write members::integer.",
  ];
  await expect(mounted.start()).rejects.toThrow(faults.join("\n"));
  expect(await health()).toEqual({ status: 503, said: { status: "failing" } });
  const doctor = () => runCli(["doctor", "--url", connectionString], new Date());
  await expect(doctor()).rejects.toThrow(faults.join("\n"));
  await own.query(`DROP VIEW experiments.experiment_host_users, experiments.experiment_host_teams;
    CREATE VIEW experiments.experiment_host_users AS ${rows[0].users}
    CREATE VIEW experiments.experiment_host_teams AS ${rows[0].teams}`);
  await mounted.start();
});

test("of a database without the module's tables the doctor says so", async () => {
  const { connectionString: empty } = await testDatabase({ isEmpty: true });
  const pool = new pg.Pool({ connectionString: empty });
  await makeForeignHost(pool);
  await pool.query(readViews("integer"));
  await pool.end();
  await expect(runCli(["doctor", "--url", empty], new Date())).rejects.toThrow(
    "The module’s tables are not on the search path",
  );
});

test("the doctor says what views lack, whom they have twice, and which metrics are missed", async () => {
  const ask = () => runCli(["doctor", "--url", connectionString], new Date());
  await own.query(`CREATE OR REPLACE VIEW experiments.experiment_host_memberships AS
    SELECT person_id AS user_id, account_id AS team_id FROM seats`);
  expect(await ask()).toContain("All is well");
  await own.query(`INSERT INTO experiments."Feature" ("slug", "type") VALUES ('unmeasured', 'EXPERIMENT');
    INSERT INTO experiments."ExperimentHealth" ("experimentSlug", "asOf", "problems", "broken")
    VALUES ('unmeasured', now(), '{metric_broken}', '{Refunds,Spent}')`);
  await expect(ask()).rejects.toThrow("The experiment unmeasured can’t measure Refunds, Spent");
  await own.query(`DELETE FROM experiments."Feature" WHERE "slug" = 'unmeasured'`);
  const userId = await aPerson();
  const { rows } = await own.query("INSERT INTO accounts (title) VALUES ('Twice') RETURNING id");
  await own.query("INSERT INTO seats VALUES ($1, $2)", [userId, rows[0].id]);
  await own.query(`CREATE OR REPLACE VIEW experiments.experiment_host_memberships AS
    SELECT person_id AS user_id, account_id AS team_id FROM seats CROSS JOIN generate_series(1, 2)`);
  await expect(ask()).rejects.toThrow(
    `experiment_host_memberships has ${userId}, ${rows[0].id} more than once`,
  );
  await own.query("DROP VIEW experiments.experiment_host_memberships");
  await expect(ask()).rejects.toThrow("There is no view experiment_host_memberships");
});

test("a secret that anybody could guess is refused at the first use, and not when it is imported", () => {
  const careless = createExperiments({
    database: { url: connectionString },
    secrets: [undefined, "short"],
    userOf: () => null,
  });
  return expect(careless.identify({ headers: new Headers({ cookie: "a=b" }) })).rejects.toThrow(
    "at least 32 characters",
  );
});
