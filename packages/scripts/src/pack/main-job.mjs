// What an application does with the package, run in a folder that has nothing but the package: in the database at
// `url`, whose people have ids of the type `idType`.
import assert from "node:assert/strict";
import pg from "pg";

const [name, url, idType] = process.argv.slice(2);
const { createExperiments, defineMetric } = await import(`${name}/next`);
const { experimentInputSchema } = await import(`${name}/types`);
const { listModuleMigrations } = await import(`${name}/migrations`);
const ids = { users: idType, teams: idType };

const pool = new pg.Pool({ connectionString: url });
const made = {
  text: "'person-' || gen_random_uuid()",
  uuid: "gen_random_uuid()",
  integer: "(random() * 2e9)::int",
};
await pool.query(`
  CREATE TABLE person (id ${idType} PRIMARY KEY DEFAULT ${made[idType]}, email text NOT NULL, staff boolean NOT NULL);
  CREATE TABLE purchase (person ${idType} REFERENCES person ON DELETE CASCADE, at timestamptz DEFAULT now(), amount int);
  CREATE SCHEMA experiments;
  CREATE VIEW experiments.experiment_host_users AS
    SELECT id, email, email AS name, now() AS created_at, '{}'::jsonb AS attributes, NULL::text AS plan, staff AS is_admin
    FROM public.person;
  CREATE VIEW experiments.experiment_host_teams AS
    SELECT NULL::${idType} AS id, '' AS name, '' AS slug, false AS is_organization, NULL::${idType} AS organization_id,
      'individual' AS plan, 0 AS members, '{}'::jsonb AS attributes WHERE false;
  CREATE VIEW experiments.experiment_host_memberships AS
    SELECT NULL::${idType} AS user_id, NULL::${idType} AS team_id WHERE false;`);
for (const { sql } of listModuleMigrations({
  schema: "experiments",
  users: { table: "person" },
  teams: null,
  ids,
}))
  await pool.query(sql);
const aPerson = async (isStaff = false) => {
  const { rows } = await pool.query(
    "INSERT INTO person (email, staff) VALUES ('a@host.example', $1) RETURNING id",
    [isStaff],
  );
  return rows[0].id;
};

const experiments = createExperiments({
  database: { url },
  ids,
  secrets: ["a-secret-of-the-trial-0123456789abcd"],
  userOf: (headers) => {
    const id = headers.get("x-user");
    return id !== null && idType === "integer" ? Number(id) : id;
  },
  metrics: [
    defineMetric({
      key: "revenue",
      name: "Revenue",
      kind: "mean",
      source: { query: { user: "SELECT person AS subject, at, amount AS value FROM public.purchase" } },
    }),
  ],
  decisionBudgetMs: 10_000,
});
await experiments.start();

const slug = "upgrade-button";
const staff = { userId: await aPerson(true) };
const { admin, results } = experiments.module();
const input = experimentInputSchema.parse({
  slug,
  name: "Upgrade button",
  unit: "user",
  assignmentType: "deterministic",
  variants: ["control", "urgent"].map((variant) => ({ name: variant, percentage: 50 })),
  control: "control",
  trafficPercentage: 100,
  targetingRules: {},
  clientEvents: [],
  metrics: { primary: "revenue", secondary: [], guardrails: [] },
});
const created = await admin.editing.create(staff, input);
await admin.lifecycle.updateStatus(staff, { slug, version: created.version, action: "start" });

const seen = new Map();
while (seen.size < 2) {
  const userId = await aPerson();
  const send = (door, body) =>
    experiments.handler.POST(
      new Request(`https://host.example/api/experiments/${door}`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "sec-fetch-site": "same-origin", "x-user": String(userId) },
      }),
    );
  const { answers } = await (await send("answers", { requests: [{ slug }] })).json();
  assert.equal(answers[0].subject, `user:${userId}`);
  assert.equal((await send("exposures", { exposures: [{ slug, userId }] })).status, 204);
  seen.set(answers[0].variant, userId);
}
assert.deepEqual([...seen.keys()].sort(), ["control", "urgent"]);

const userId = seen.get("urgent");
const client = await pool.connect();
await client.query("BEGIN");
await client.query("INSERT INTO purchase (person, amount) VALUES ($1, 49)", [userId]);
const { recorded } = await experiments.trackConversion(
  client,
  { event: "bought", value: 49 },
  { subject: { userId } },
);
assert.equal(recorded, 1);
await client.query("COMMIT");
client.release();
assert.match(JSON.stringify(await results.refresh(staff, slug)), /"revenue"/);

await pool.query("DELETE FROM person WHERE id = $1", [userId]);
const { rows } = await pool.query(
  `SELECT count(*)::int AS kept, count("userId")::int AS named FROM experiments."ExperimentVariant"`,
);
assert.equal(rows[0].kept - rows[0].named, 1);
const { version } = await admin.catalog.get(staff, slug);
await admin.lifecycle.conclude(staff, {
  slug,
  version,
  winnerVariant: "urgent",
  reason: "stopped_early",
  learning: "",
});
const [answer] = await experiments.module().experiments.decideFor({ userId: await aPerson() }, [slug]);
assert.equal(answer.variant, "urgent", JSON.stringify(answer));

await experiments.close();
await pool.end();
