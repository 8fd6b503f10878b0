import { randomUUID } from "node:crypto";
import { aMetric, anInput } from "@calcom/features/experiments/testing/database";
import type { WithheldExperiment } from "@calcom/features/experiments/testing/withheld";

/** What a procedure is given about this experiment, by this admin. */
type Inputs = (of: WithheldExperiment, adminId: number) => unknown;
const bySlug: Inputs = ({ slug }) => ({ slug });
const byVersion: Inputs = ({ slug, version }) => ({ slug, version });
const byUnit: Inputs = ({ slug, version }) => ({ slug, version, unit: "user" });
const nothing: Inputs = () => undefined;
const request = ({ slug }: WithheldExperiment) => ({ experimentSlug: slug });
let copies = 0;

/** What each procedure is asked. The test fails for a procedure without an input here. */
export const asked: Record<string, Inputs> = {
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
  "viewer.admin.experiments.people.look": (_, adminId) => ({ person: { unit: "user", id: adminId } }),
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
