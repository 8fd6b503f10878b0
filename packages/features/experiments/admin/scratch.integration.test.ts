import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MetricRegistry } from "../metrics/registry";
import { defineSource } from "../metrics/define-source";
import { aMetric, anInput, aRunningExperiment, createFixture, createUser, type Fixture } from "../testing/database-fixtures";
import { newMetricSchema } from "../types/metric-catalog";
import { bulkSchema } from "../types/bulk";
const { connectionString } = await testDatabase();
let fixture: Fixture;
const orders = defineSource({
  key: "orders", name: "Orders",
  query: { user: `SELECT 1 AS subject, now() AS at, 1.5 AS price, 'x'::text AS kind, 1 AS n` },
  values: { price: { name: "Price" } },
  filters: { kind: { name: "Kind", type: "text" }, n: { name: "N", type: "number" } },
});
beforeAll(async () => { const metrics = new MetricRegistry(); metrics.registerSources([orders]); fixture = await createFixture(connectionString, { metrics }); });
afterAll(() => fixture.close());
const tell = async (name: string, run: () => Promise<unknown>) => { try { console.log(name, "=>", JSON.stringify(await run())?.slice(0, 300)); } catch (e) { console.log(name, "!!", (e as any).constructor.name, (e as any).code, (e as any).field, (e as Error).message.slice(0, 200)); } };

test("leftovers", async () => {
  const { pool } = fixture.database; const { admin } = fixture.module;
  const { rows } = await pool.query(`SELECT c.relname AS t, a.attname AS col FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid=c.relnamespace WHERE n.nspname='public' AND c.relkind='r' AND a.attname IN ('experimentSlug','flagSlug','featureId') `);
  console.log(rows.map(r => r.t + "." + r.col).join(" "));
  console.log((await pool.query(`SELECT conrelid::regclass::text AS t, pg_get_constraintdef(oid) d FROM pg_constraint WHERE confrelid='"Feature"'::regclass`)).rows);
});
test("bulk", async () => {
  const { admin } = fixture.module;
  const tags = Array.from({length:10}, (_, i) => `t${i}`);
  const full = await admin.editing.create(fixture.admin, anInput({ tags }));
  const run = await aRunningExperiment(fixture, {});
  await tell("tag full", () => admin.bulk.change(fixture.admin, { rows: [full, run, run].map(({slug, version}) => ({slug, version})), change: { kind: "tag", tag: "new" } }));
  await tell("archive running", () => admin.bulk.change(fixture.admin, { rows: [{slug: run.slug, version: run.version + 1}, {slug: "nope", version: 1}, {slug: "__proto__", version: 1}], change: { kind: "archive" } }));
  console.log(bulkSchema.safeParse({ rows: [{slug: "constructor", version: 1}], change: {kind: "tag", tag: "constructor"}}).error?.issues);
  console.log(bulkSchema.safeParse({ rows: [{slug: "a", version: 1}], change: {kind: "tag", tag: "İstanbul"}}));
  const t = await admin.editing.create(fixture.admin, anInput({ }));
  await tell("tag turkish", () => admin.bulk.change(fixture.admin, { rows: [t], change: { kind: "tag", tag: bulkSchema.parse({ rows: [{slug: "a", version: 1}], change: {kind: "tag", tag: "İstanbul"}}).change.tag as string } }));
});
test("catalog", async () => {
  const { admin } = fixture.module;
  const def = (constant: unknown, filter = "n", operator = "is") => ({ kind: "conversion", name: "n", source: { from: "source", source: "orders", filters: [{ filter, operator, constant }] } });
  for (const [constant, filter] of [[1e308,"n"],[-0,"n"],[5e-324,"n"],[Number.NaN,"n"],[1e21,"n"],["it's \\ 'x' \u{1F600}","kind"],["a\u0000b","kind"],["$1 ${x} $$","kind"],["x".repeat(200),"kind"],["x".repeat(201),"kind"],["", "kind"],[" ", "kind"],["\ud800","kind"],[true,"n"], ["\u202e", "kind"]] as const) {
    const parsed = newMetricSchema.safeParse({ key: `m-${Math.random().toString(36).slice(2)}`, definition: def(constant, filter) });
    if (!parsed.success) { console.log(constant, "schema:", parsed.error.issues[0]?.message); continue; }
    await tell(String(constant).slice(0, 30), async () => (await admin.metricCatalog.create(fixture.admin, parsed.data)).fault);
  }
  for (const key of ["constructor", "__proto__", "toString", "event:x", "a".repeat(80), "a".repeat(81), "prototype", "hasownproperty"]) {
    const parsed = newMetricSchema.safeParse({ key, definition: def(1) });
    if (!parsed.success) { console.log(key.slice(0,20), "schema:", parsed.error.issues[0]?.message); continue; }
    await tell(key, async () => (await admin.metricCatalog.create(fixture.admin, parsed.data)).fault);
  }
  const twice = await Promise.allSettled([1,2,3].map(() => admin.metricCatalog.create(fixture.admin, aMetric({ key: "same" }))));
  console.log(twice.map(r => r.status === "rejected" ? [r.reason.code, r.reason.message] : "ok"));
  const m = await admin.metricCatalog.create(fixture.admin, aMetric({}));
  const ch = await Promise.allSettled([1,2,3].map((n) => admin.metricCatalog.change(fixture.admin, { key: m.key, revision: 1, change: { description: String(n) } })));
  console.log(ch.map(r => r.status === "rejected" ? [r.reason.code, r.reason.message] : "ok"));
  const chk = await Promise.allSettled(Array.from({length: 40}, (_, n) => admin.checklist.add(fixture.admin, `i${n}`)));
  console.log("checklist", chk.filter(r => r.status === "fulfilled").length, (await admin.checklist.list(fixture.admin)).length);
  for (const i of await admin.checklist.list(fixture.admin)) await admin.checklist.remove(fixture.admin, i.id);
  const vs = await Promise.allSettled(Array.from({length: 40}, (_, n) => admin.views.save(fixture.admin, { name: `v${n}`, filter: {} })));
  console.log("views", vs.filter(r => r.status === "fulfilled").length, (await admin.views.list(fixture.admin)).length);
});
test("calendar etc", async () => {
  const { admin } = fixture.module;
  for (const month of ["1970-01", "8999-12", "2026-11"]) await tell(month, () => admin.calendar.list(fixture.admin, { month, months: 12, page: 100000 }));
  const run = await aRunningExperiment(fixture, {});
  await tell("range", () => fixture.module.results.describeRange(fixture.admin, run.slug, { from: "2026-01-01", to: "2026-12-31" }));
  await tell("history", () => admin.metricHistory.read(fixture.admin, { key: "event:" + "x".repeat(60), unit: "visitor" }));
  await tell("history proto", () => admin.metricHistory.read(fixture.admin, { key: "constructor", unit: "visitor" }));
  await tell("get", () => admin.metricCatalog.get(fixture.admin, "event:clicked"));
  const c = await admin.lifecycle.conclude(fixture.admin, { slug: run.slug, version: run.version, winnerVariant: "urgent", reason: "won", learning: "x" });
  const a = await admin.lifecycle.updateStatus(fixture.admin, { slug: run.slug, version: c.version, action: "archive" });
  await tell("take back archived", () => admin.lifecycle.takeBackWinner(fixture.admin, { slug: run.slug, version: a.version }));
  const run2 = await aRunningExperiment(fixture, {});
  await tell("long learning", () => admin.lifecycle.conclude(fixture.admin, { slug: run2.slug, version: run2.version, winnerVariant: "urgent", reason: "won", learning: "x".repeat(2001) }));
  await tell("bad reason", () => admin.lifecycle.conclude(fixture.admin, { slug: run2.slug, version: run2.version, winnerVariant: "urgent", reason: "constructor" as never }));
});
