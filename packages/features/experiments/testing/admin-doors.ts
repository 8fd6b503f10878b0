import { randomUUID } from "node:crypto";
import type { Permission } from "../utils/permissions";
import { aMetric, anInput, createUser, type Fixture } from "./database-fixtures";

type Admin = Fixture["module"]["admin"];
type Method = { [Service in keyof Admin]: `${Service}.${keyof Admin[Service] & string}` }[keyof Admin];

/** The question itself. */
type NotADoor = "access.roleOf" | "access.may" | "access.authorize";

export type Call = (actor: { userId: number | null }) => Promise<unknown>;

/** What the calls are made on: each of them asks for it anew. */
export interface Things {
  /** One that runs. */
  experiment: () => Promise<{ slug: string; version: number }>;
  /** The slug of a flag that can be converted. */
  flag: () => Promise<string>;
}

/** A call of every method of every service of the administration, with what it needs. The compiler asks for each. */
export function listAdminDoors(
  { module: { admin }, admin: owner, database }: Fixture,
  { experiment, flag }: Things,
): Record<Exclude<Method, NotADoor>, [Permission, Call]> {
  const somebody = async () => {
    const id = await createUser(database);
    return (await database.prisma.user.findUniqueOrThrow({ where: { id } })).email;
  };
  const metric = async () => {
    const { key, revision } = await admin.metricCatalog.create(owner, aMetric());
    return { key, revision: revision ?? 1 };
  };
  return {
    "catalog.list": ["view", (actor) => admin.catalog.list(actor)],
    "catalog.get": ["view", async (actor) => admin.catalog.get(actor, (await experiment()).slug)],
    "catalog.readStats": ["view", async (actor) => admin.catalog.readStats(actor, (await experiment()).slug)],
    "catalog.find": ["view", (actor) => admin.catalog.find(actor, "a")],
    "calendar.list": [
      "view",
      (actor) => admin.calendar.list(actor, { month: "2026-06", months: 12, page: 1 }),
    ],
    "views.list": ["view", (actor) => admin.views.list(actor)],
    "views.save": ["view", (actor) => admin.views.save(actor, { name: "Mine", filter: {} })],
    "views.delete": ["view", (actor) => admin.views.delete(actor, "Mine")],
    "metricCatalog.listKnown": ["view", (actor) => admin.metricCatalog.listKnown(actor)],
    "metricCatalog.list": ["view", (actor) => admin.metricCatalog.list(actor)],
    "metricCatalog.listSources": ["view", (actor) => admin.metricCatalog.listSources(actor)],
    "metricCatalog.get": ["view", async (actor) => admin.metricCatalog.get(actor, (await metric()).key)],
    "metricCatalog.create": ["edit", (actor) => admin.metricCatalog.create(actor, aMetric())],
    "metricCatalog.change": [
      "edit",
      async (actor) =>
        admin.metricCatalog.change(actor, { ...(await metric()), change: { status: "archived" } }),
    ],
    "metricHistory.read": [
      "view",
      async (actor) => admin.metricHistory.read(actor, { key: (await metric()).key, unit: "user" }),
    ],
    "checklist.list": ["view", (actor) => admin.checklist.list(actor)],
    "checklist.add": [
      "edit",
      async (actor) => {
        const [item] = (await admin.checklist.add(actor, "Told the support team")).slice(-1);
        // It would keep the others from starting.
        return admin.checklist.remove(owner, item?.id ?? "");
      },
    ],
    "checklist.remove": ["edit", (actor) => admin.checklist.remove(actor, randomUUID())],
    "checklist.check": [
      "run",
      async (actor) => {
        const { slug } = await admin.editing.create(owner, anInput());
        return admin.checklist.check(actor, { slug, itemId: randomUUID(), isChecked: true });
      },
    ],
    "activity.list": ["view", (actor) => admin.activity.list(actor)],
    "activity.exportCsv": ["view", (actor) => admin.activity.exportCsv(actor)],
    "audience.count": ["edit", (actor) => admin.audience.count(actor, { unit: "user", targetingRules: {} })],
    "audience.tryOut": [
      "edit",
      async (actor) =>
        admin.audience.tryOut(actor, { slug: (await experiment()).slug, subjectId: owner.userId }),
    ],
    "audience.findTeams": [
      "view",
      (actor) => admin.audience.findTeams(actor, { search: "", ids: [], onlyOrganizations: null }),
    ],
    "audience.findPeople": ["edit", (actor) => admin.audience.findPeople(actor, { search: "" })],
    "audience.listAttributes": ["edit", (actor) => admin.audience.listAttributes(actor)],
    "feed.read": ["view", async (actor) => admin.feed.read(actor, (await experiment()).slug)],
    "people.findByEmail": ["view", async (actor) => admin.people.findByEmail(actor, await somebody())],
    "people.look": [
      "view",
      async (actor) => {
        const id = await createUser(database);
        return admin.people.look(actor, { person: { unit: "user", id }, search: "", show: "all", page: 1 });
      },
    ],
    "planning.forecast": ["edit", (actor) => admin.planning.forecast(actor, anInput())],
    "planning.startChecklist": [
      "view",
      async (actor) => admin.planning.startChecklist(actor, (await experiment()).slug),
    ],
    "lifecycle.switchFlag": [
      "run",
      async (actor) => admin.lifecycle.switchFlag(actor, { slug: (await experiment()).slug, isOn: false }),
    ],
    "flagMigration.plan": [
      "convert",
      async (actor) => admin.flagMigration.plan(actor, { slug: await flag(), unit: "user" }),
    ],
    "flagMigration.convert": [
      "convert",
      async (actor) => admin.flagMigration.convert(actor, { slug: await flag(), unit: "user", version: 1 }),
    ],
    "flagMigration.revert": [
      "convert",
      async (actor) => {
        const slug = await flag();
        const draft = await admin.flagMigration.convert(owner, { slug, unit: "user", version: 1 });
        // The start gives those whom it has selected their rows, which go again.
        const start = { ...draft, action: "start", withoutMetric: "A rollout" } as const;
        const { version } = await admin.lifecycle.updateStatus(owner, start);
        return admin.flagMigration.revert(actor, { slug, version });
      },
    ],
    "editing.create": ["edit", (actor) => admin.editing.create(actor, anInput())],
    "editing.duplicate": [
      "edit",
      async (actor) => {
        const { slug } = await experiment();
        return admin.editing.duplicate(actor, { slug, newSlug: anInput().slug, name: "Again" });
      },
    ],
    "editing.updateConfig": [
      "edit",
      async (actor) =>
        admin.editing.updateConfig(actor, { ...(await experiment()), patch: { name: "Mine" } }),
    ],
    "lifecycle.updateStatus": [
      "run",
      async (actor) => admin.lifecycle.updateStatus(actor, { ...(await experiment()), action: "pause" }),
    ],
    "lifecycle.conclude": [
      "decide",
      async (actor) => admin.lifecycle.conclude(actor, { ...(await experiment()), winnerVariant: null }),
    ],
    "lifecycle.takeBackWinner": [
      "decide",
      async (actor) => {
        const { slug, version } = await experiment();
        const order = { slug, version, winnerVariant: "urgent" };
        return admin.lifecycle.takeBackWinner(actor, await admin.lifecycle.conclude(owner, order));
      },
    ],
    "lifecycle.delete": [
      "decide",
      async (actor) => {
        const { slug, version } = await experiment();
        return admin.lifecycle.delete(actor, { slug, version, confirmSlug: slug });
      },
    ],
    "bulk.change": [
      "run",
      async (actor) => admin.bulk.change(actor, { rows: [await experiment()], change: { kind: "pause" } }),
    ],
    "reports.read": ["view", async (actor) => admin.reports.read(actor, (await experiment()).slug)],
    "reports.export": ["view", async (actor) => admin.reports.export(actor, (await experiment()).slug)],
    "reports.mintLink": [
      "edit",
      async (actor) => admin.reports.mintLink(actor, { slug: (await experiment()).slug, days: 1 }),
    ],
    "reports.listLinks": ["edit", async (actor) => admin.reports.listLinks(actor, (await experiment()).slug)],
    "reports.revokeLink": [
      "edit",
      async (actor) => {
        const { slug } = await experiment();
        const { id } = await admin.reports.mintLink(owner, { slug, days: 1 });
        return admin.reports.revokeLink(actor, { slug, id });
      },
    ],
    "access.members": ["govern", (actor) => admin.access.members(actor)],
    "access.standing": ["view", (actor) => admin.access.standing(actor)],
    "access.setRole": [
      "govern",
      async (actor) => admin.access.setRole(actor, { email: await somebody(), role: "viewer" }),
    ],
  };
}
