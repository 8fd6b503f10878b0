import { testDatabase } from "@calcom/embedded-postgres/testing";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runDoctor } from "../doctor";
import { installInForeignHost } from "../testing/foreign-host";
import { HOST_VIEWS } from "./host-views";

const { connectionString } = await testDatabase({ isEmpty: true });
const own = new pg.Pool({ connectionString });
const doctor = () => runDoctor({ url: connectionString });

type View = keyof typeof HOST_VIEWS;
const SOUND: Record<View, Record<string, string>> = {
  experiment_host_users: {
    id: "person_id",
    email: "mail",
    name: "full_name",
    created_at: "joined_at",
    attributes: "'{}'::jsonb",
    plan: "NULL::text",
    is_admin: "is_staff",
  },
  experiment_host_teams: {
    id: "id",
    name: "title",
    slug: "handle",
    is_organization: "tier = 'organization'",
    organization_id: "NULL::integer",
    plan: "'teams'",
    members: "1",
    attributes: "'{}'::jsonb",
  },
  experiment_host_memberships: { user_id: "person_id", team_id: "account_id" },
};
const TABLES: Record<View, string> = {
  experiment_host_users: "people",
  experiment_host_teams: "accounts",
  experiment_host_memberships: "seats",
};

/** The view with one column as a host might have written it. */
async function write(view: View, change: Record<string, string> = {}): Promise<void> {
  const columns = Object.entries({ ...SOUND[view], ...change }).map(([name, sql]) => `${sql} AS ${name}`);
  await own.query(
    `CREATE OR REPLACE VIEW experiments.${view} AS SELECT ${columns.join(", ")} FROM public.${TABLES[view]}`,
  );
}

beforeAll(async () => {
  await installInForeignHost(own);
  await own.query(
    `DROP VIEW experiments.experiment_host_users, experiments.experiment_host_teams, experiments.experiment_host_memberships`,
  );
  for (const view of Object.keys(SOUND) as View[]) await write(view);
  await own.query(
    `INSERT INTO people (mail, is_staff) VALUES ('a@host.example', true), ('b@host.example', false);
     INSERT INTO accounts (title, tier) VALUES ('Acme', 'organization'), ('Sales', 'free');
     INSERT INTO seats SELECT person_id, id FROM people, accounts`,
  );
});
afterAll(() => own.end());

const one = (id: string, wrong: string, right: string) =>
  `CASE WHEN ${id} = 1 THEN ${wrong} ELSE ${right} END`;

/** Each value that would change who is assigned or targeted, and that no error tells of. */
const WRONG: [view: View, column: string, sql: string, said: string][] = [
  ["experiment_host_users", "id", one("person_id", "0", "person_id"), "have an id that is null or below 1"],
  ["experiment_host_users", "id", one("person_id", "NULL", "person_id"), "such as one without an id"],
  ["experiment_host_users", "plan", "'pro'", "2 rows of the view experiment_host_users"],
  ["experiment_host_users", "plan", "'Teams'", "'individual', 'teams', 'organization' or null"],
  ["experiment_host_users", "plan", "''", "Map your own plans to these with a CASE."],
  ["experiment_host_users", "email", "upper(mail)", "Write lower(email)."],
  ["experiment_host_users", "created_at", "'infinity'::timestamptz", "an infinite created_at"],
  ["experiment_host_users", "attributes", "'[1]'::jsonb", "that are no JSON object"],
  ["experiment_host_users", "attributes", `'"text"'::jsonb`, "that are no JSON object"],
  ["experiment_host_users", "attributes", "'null'::jsonb", "that are no JSON object"],
  ["experiment_host_users", "attributes", `'{"plan": "pro"}'::jsonb`, "hides from rules"],
  ["experiment_host_teams", "id", one("id", "-1", "id"), "have an id that is null or below 1"],
  ["experiment_host_teams", "plan", "NULL::text", "with ELSE 'individual'"],
  ["experiment_host_teams", "plan", "'free'", "'individual', 'teams', 'organization', so no rule"],
  ["experiment_host_teams", "is_organization", "NULL::boolean", "Write coalesce(is_organization, false)."],
  ["experiment_host_teams", "organization_id", "1", "are organizations themselves"],
  ["experiment_host_teams", "organization_id", one("id", "NULL", "id"), "not the id of an organization"],
  ["experiment_host_teams", "organization_id", one("id", "NULL", "77"), "with is_organization true"],
  ["experiment_host_teams", "attributes", "'[]'::jsonb", "that are no JSON object"],
  ["experiment_host_teams", "attributes", `'{"slug": "acme"}'::jsonb`, "named id, slug, plan"],
  [
    "experiment_host_memberships",
    "user_id",
    one("account_id", "NULL", "person_id"),
    "no user_id or no team_id",
  ],
  [
    "experiment_host_memberships",
    "team_id",
    one("person_id", "NULL", "account_id"),
    "no user_id or no team_id",
  ],
  ["experiment_host_memberships", "user_id", "person_id + 1000", "No user_id of the view"],
  ["experiment_host_memberships", "team_id", "account_id + 1000", "No team_id of the view"],
];

describe("the doctor finds values that would silently change who is assigned or targeted", () => {
  test("none in a sound host, with people without a plan, attributes or a name, and in an empty one", async () => {
    expect(await doctor()).toContain("All is well");
    await write("experiment_host_users", {
      attributes: "NULL::jsonb",
      name: "NULL::text",
      created_at: "NULL::timestamptz",
    });
    expect(await doctor()).toContain("All is well");
    await write("experiment_host_users");
    await own.query("ALTER TABLE seats RENAME TO kept; CREATE TABLE seats (LIKE kept)");
    await write("experiment_host_memberships");
    expect(await doctor()).toContain("All is well");
    await own.query(
      "DROP VIEW experiments.experiment_host_memberships; DROP TABLE seats; ALTER TABLE kept RENAME TO seats",
    );
    await write("experiment_host_memberships");
  });

  test.each(WRONG)("%s.%s as %s", async (view, column, sql, said) => {
    await write(view, { [column]: sql });
    const failure = await doctor().catch((error: unknown) => error);
    await write(view);
    expect(failure).toMatchObject({ message: expect.stringContaining(said) });
    // It may be read by anybody who runs a pipeline.
    expect(String(failure)).not.toContain("@host.example");
  });

  test("in every column that is more than shown", () => {
    const shown = ["name", "slug", "members", "is_admin"];
    const columns = Object.entries(HOST_VIEWS).flatMap(([view, names]) =>
      Object.keys(names).flatMap((name) => (shown.includes(name) ? [] : [`${view}.${name}`])),
    );
    expect(new Set(WRONG.map(([view, column]) => `${view}.${column}`))).toEqual(new Set(columns));
  });
});
