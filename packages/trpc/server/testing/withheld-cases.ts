// While a comparison is withheld, no procedure tells conversions by variant, nor figures from which they follow.

import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { experimentResults, experimentsAdmin } from "@calcom/features/experiments/server";
import {
  aMetric,
  anInput,
  countsOf,
  createFixture,
  type Fixture,
} from "@calcom/features/experiments/testing/database";
import { leaksIn } from "@calcom/features/experiments/testing/leaks";
import {
  aWithheldExperiment,
  type WITHHELD_REASONS,
  type WITHHELD_STATES,
  type WithheldExperiment,
} from "@calcom/features/experiments/testing/withheld";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { createContext } from "../context";
import { appRouter } from "../routers/_app";
import { createCallerFactory } from "../trpc";

let fixture: Fixture;

type Inputs = (of: WithheldExperiment) => unknown;
const bySlug: Inputs = ({ slug }) => ({ slug });
const byVersion: Inputs = ({ slug, version }) => ({ slug, version });
const byUnit: Inputs = ({ slug, version }) => ({ slug, version, unit: "user" });
const nothing: Inputs = () => undefined;
const request: Inputs = ({ slug }) => ({ experimentSlug: slug });
let copies = 0;

/** What each door is asked. A procedure that is not here fails the test: whoever adds one says what it answers. */
const asked: Record<string, Inputs> = {
  "viewer.experiments.getVariant": request,
  "viewer.experiments.getVariants": (of) => ({ requests: [request(of)] }),
  "viewer.experiments.listActiveExperiments": nothing,
  "viewer.experiments.trackExposure": bySlug,
  "viewer.experiments.trackConversion": ({ slug }) => ({ slug, event: "clicked", key: "1" }),
  "viewer.flags.map": ({ slug }) => ({ slugs: [slug] }),
  "viewer.admin.flags.list": nothing,
  "viewer.admin.flags.setEnabled": ({ slug }) => ({ slug, enabled: true }),
  "viewer.admin.flags.setStale": ({ slug }) => ({ slug, stale: true }),
  "viewer.admin.flags.setRollout": ({ slug }) => ({ slug, rollout: { percentage: 10, unit: "user" } }),
  "viewer.admin.flags.create": () => ({ slug: `flag-${++copies}`, description: "" }),
  "viewer.admin.flags.delete": bySlug,
  "viewer.admin.flags.subjects": bySlug,
  "viewer.admin.flags.schedule.list": bySlug,
  "viewer.admin.flags.schedule.add": ({ slug }) => ({
    slug,
    at: "2030-01-01T00:00:00Z",
    change: { kind: "on" },
  }),
  "viewer.admin.flags.schedule.update": ({ slug }) => ({
    slug,
    id: 1,
    version: 1,
    at: "2030-01-01T00:00:00Z",
    change: { kind: "off" },
  }),
  "viewer.admin.flags.schedule.remove": ({ slug }) => ({ slug, id: 1, version: 1 }),
  "viewer.admin.flags.assign": ({ slug }) => ({ slug, userId: 1, enabled: true }),
  "viewer.admin.experiments.standing": nothing,
  // By its slug: those of earlier cases have ended, with the same figures.
  "viewer.admin.experiments.list": ({ slug }) => ({ sort: "subjects", search: slug }),
  "viewer.admin.experiments.calendar": () => ({ month: "2026-06", months: 12 }),
  "viewer.admin.experiments.find": ({ slug }) => ({ text: slug }),
  "viewer.admin.experiments.get": bySlug,
  "viewer.admin.experiments.feed": bySlug,
  "viewer.admin.experiments.stats": bySlug,
  "viewer.admin.experiments.create": () => anInput({ slug: `another-${++copies}` }),
  "viewer.admin.experiments.duplicate": ({ slug }) => ({ slug, newSlug: `copy-${++copies}`, name: "Copy" }),
  "viewer.admin.experiments.updateConfig": ({ slug, version }) => ({
    slug,
    version,
    patch: { control: "none" },
  }),
  "viewer.admin.experiments.updateStatus": ({ slug, version }) => ({ slug, version, action: "archive" }),
  "viewer.admin.experiments.setWinner": ({ slug, version }) => ({ slug, version, winnerVariant: "none" }),
  "viewer.admin.experiments.conclude": ({ slug, version }) => ({ slug, version, winnerVariant: "none" }),
  "viewer.admin.experiments.takeBackWinner": byVersion,
  "viewer.admin.experiments.delete": byVersion,
  "viewer.admin.experiments.changeMany": ({ slug, version }) => ({
    rows: [{ slug, version }],
    change: { kind: "archive" },
  }),
  "viewer.admin.experiments.views.list": nothing,
  "viewer.admin.experiments.views.save": () => ({ name: "Mine", filter: { needsAttention: true } }),
  "viewer.admin.experiments.views.delete": () => ({ name: "Mine" }),
  "viewer.admin.experiments.previewLinks.list": bySlug,
  "viewer.admin.experiments.previewLinks.mint": ({ slug }) => ({ slug, days: 1 }),
  "viewer.admin.experiments.previewLinks.revoke": ({ slug }) => ({ slug, id: "0".repeat(32) }),
  "viewer.admin.experiments.reports.read": bySlug,
  "viewer.admin.experiments.reports.export": bySlug,
  "viewer.admin.experiments.reports.listLinks": bySlug,
  "viewer.admin.experiments.reports.mintLink": ({ slug }) => ({ slug, days: 1 }),
  "viewer.admin.experiments.reports.revokeLink": ({ slug }) => ({ slug, id: "0".repeat(32) }),
  "viewer.admin.experiments.audience.count": () => ({ unit: "user", targetingRules: {} }),
  "viewer.admin.experiments.audience.tryOut": ({ slug }) => ({ slug, subjectId: 1 }),
  "viewer.admin.experiments.audience.teams": () => ({}),
  "viewer.admin.experiments.audience.people": () => ({ search: "a" }),
  "viewer.admin.experiments.audience.forecast": () => anInput({ unit: "visitor" }),
  "viewer.admin.experiments.audience.startChecklist": bySlug,
  "viewer.admin.experiments.audience.attributes": nothing,
  "viewer.admin.experiments.people.findByEmail": () => ({ email: "nobody@example.com" }),
  // What stands beside the variant of one who has converted is tried in people.integration.test.ts.
  "viewer.admin.experiments.people.look": () => ({ person: { unit: "user", id: fixture.admin.userId } }),
  "viewer.admin.experiments.flagMigration.plan": byUnit,
  "viewer.admin.experiments.flagMigration.convert": byUnit,
  "viewer.admin.experiments.flagMigration.revert": byVersion,
  "viewer.admin.experiments.results.get": bySlug,
  "viewer.admin.experiments.results.latest": bySlug,
  "viewer.admin.experiments.results.refresh": bySlug,
  "viewer.admin.experiments.results.previewEnd": bySlug,
  "viewer.admin.experiments.results.range": ({ slug }) => ({
    slug,
    range: { from: "1970-01-01", to: "9000-01-01" },
  }),
  "viewer.admin.experiments.results.exportCsv": bySlug,
  "viewer.admin.experiments.results.exportJson": bySlug,
  "viewer.admin.experiments.results.metrics": nothing,
  "viewer.admin.experiments.metrics.list": nothing,
  "viewer.admin.experiments.metrics.sources": nothing,
  "viewer.admin.experiments.metrics.get": () => ({ key: "upgrade" }),
  "viewer.admin.experiments.metrics.history": () => ({ key: "event:clicked", unit: "user" }),
  "viewer.admin.experiments.metrics.create": () => aMetric(),
  "viewer.admin.experiments.metrics.change": () => ({
    key: "none",
    revision: 1,
    change: { status: "ready" },
  }),
  "viewer.admin.experiments.checklist.list": nothing,
  "viewer.admin.experiments.checklist.add": () => ({ text: "Told the support team" }),
  "viewer.admin.experiments.checklist.remove": () => ({ itemId: randomUUID() }),
  "viewer.admin.experiments.checklist.check": ({ slug }) => ({ slug, itemId: randomUUID(), isChecked: true }),
  "viewer.admin.experiments.activity": bySlug,
  "viewer.admin.experiments.exportActivity": bySlug,
  "viewer.admin.experiments.members": nothing,
  "viewer.admin.experiments.setRole": () => ({ email: "nobody@example.com", role: null }),
};
/** The one way to see them, which is recorded. */
const LOOK = "viewer.admin.experiments.results.lookEarly";

async function answerOf(path: string, wire: unknown): Promise<unknown> {
  const { userId } = fixture.admin;
  const context = createContext({
    identity: { userId, visitorId: null, isBot: false, hasConsent: true, address: "192.0.2.1" },
  });
  const caller: unknown = createCallerFactory(appRouter)(context);
  const procedure = path.split(".").reduce((at, key) => (at as Record<string, unknown>)[key], caller);
  return (procedure as (wire: unknown) => Promise<unknown>)(wire).catch((error: unknown) => error);
}

export type WithheldCase = [(typeof WITHHELD_REASONS)[number], (typeof WITHHELD_STATES)[number]];

/** Asks every procedure in each of these cases, on a database of the calling file's own. */
export async function testWithheld(cases: WithheldCase[]): Promise<void> {
  const { connectionString } = await testDatabase();
  beforeAll(async () => {
    fixture = await createFixture(connectionString);
    return () => fixture.close();
  });

  // What was added to the checklist by one case would stop the start of the next.
  beforeEach(() => fixture.database.pool.query(`DELETE FROM "ExperimentChecklistItem"`));

  test("every procedure is asked", () => {
    expect([...Object.keys(asked), LOOK].sort(), "Say in `asked` what a new procedure is given.").toEqual(
      Object.keys(appRouter._def.procedures).sort(),
    );
  });

  test.each(cases)(
    "of an experiment that is %s and %s, no door tells conversions by variant until it has ended",
    async (reason, state) => {
      const of = await aWithheldExperiment(fixture, reason, state);
      const { slug, secrets } = of;
      for (const [path, wire] of Object.entries(asked))
        expect(leaksIn(await answerOf(path, wire(of)), secrets), path).toEqual([]);

      // The list was asked for this one, so it has to hold it.
      expect(await answerOf("viewer.admin.experiments.list", { search: slug })).toMatchObject({
        items: [{ slug }],
      });
      const { userId } = fixture.admin;
      const stats = await experimentsAdmin().catalog.readStats({ userId }, slug);
      const total = secrets.reduce((sum, { converted }) => sum + converted, 0);
      expect(stats.total).toMatchObject({
        converted: total,
        events: [{ converted: total }, { converted: total }],
      });
      expect(stats.variants.map(({ exposed }) => exposed)).toEqual(secrets.map(({ subjects }) => subjects));
      expect(stats.withheldUntil).not.toBeNull();
      if (reason === "with a harm") {
        const { result } = await experimentResults().get({ userId }, slug);
        expect(result?.analysis?.verdict.code).toBe("guardrail_worse");
      }

      // The search finds them where they may be told, and where a door forgot to ask.
      expect(leaksIn(await countsOf(fixture, slug), secrets)).not.toEqual([]);
      expect(leaksIn(await answerOf(LOOK, { slug }), secrets)).not.toEqual([]);
      const { entries } = await experimentsAdmin().activity.list({ userId }, { slug });
      expect(entries.filter(({ action }) => action === "LOOK")).toHaveLength(1);

      const detail = await experimentsAdmin().catalog.get({ userId }, slug);
      await answerOf("viewer.admin.experiments.conclude", {
        slug,
        version: detail.version,
        winnerVariant: null,
      });
      expect(leaksIn(await experimentsAdmin().catalog.readStats({ userId }, slug), secrets)).not.toEqual([]);
      expect((await experimentResults().get({ userId }, slug)).figures).toBe("all");
    },
  );
}
