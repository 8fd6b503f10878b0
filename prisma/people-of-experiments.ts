import type { PersonalColumns } from "./personal-columns";

const acted = {
  stays:
    "Who did what, who had which right, and who was looked at: a bare number that leads to nobody any more, in a log that can only be added to.",
};
const definition = { stays: "What people write about an experiment, which is about nobody." };

/** The tables of the experiments module, and those that it shares with flags. */
export const ofExperiments = {
  Feature: {
    people: { updatedBy: "emptied", metadata: definition, description: definition },
    others: [
      "slug",
      "enabled",
      "type",
      "stale",
      "rolloutPercentage",
      "rolloutUnit",
      "version",
      "createdAt",
      "updatedAt",
    ],
  },
  ScheduledFlagChange: {
    people: { plannedBy: "emptied" },
    others: [
      "id",
      "flagSlug",
      "at",
      "enabled",
      "rolloutPercentage",
      "rolloutUnit",
      "plannedAt",
      "dropped",
      "droppedAt",
    ],
  },
  UserFeatures: {
    people: { userId: "goes", assignedBy: "emptied" },
    others: ["featureId", "enabled", "assignedAt"],
  },
  TeamFeatures: {
    people: { assignedBy: "emptied" },
    others: ["teamId", "featureId", "enabled", "assignedAt"],
  },
  ExperimentMember: { people: { userId: "goes", grantedById: "emptied" }, others: ["role", "grantedAt"] },
  ExperimentVariant: {
    people: { userId: "emptied", visitorId: "emptied", metadata: "emptied" },
    others: [
      "id",
      "experimentSlug",
      "variant",
      "teamId",
      "assignmentType",
      "epoch",
      "assignedAt",
      "exposedAt",
      "sentAt",
      "isProvisional",
      "insertedIn",
      "exposedIn",
    ],
  },
  ExperimentEpoch: {
    people: {},
    others: ["experimentSlug", "number", "weights", "trafficPercentage", "startedAt", "endedAt"],
  },
  ExperimentConversion: {
    people: { idempotencyKey: "emptied" },
    others: [
      "id",
      "assignmentId",
      "experimentSlug",
      "conversionEvent",
      "value",
      "occurredAt",
      "sentAt",
      "insertedIn",
    ],
  },
  VisitorLink: {
    people: { visitorId: "goes", userId: "goes" },
    others: ["linkedAt", "isOneOfSeveral", "insertedIn"],
  },
  ExperimentResult: {
    people: {},
    others: ["id", "experimentSlug", "asOf", "isReceipt", "result", "createdAt"],
  },
  ExperimentCount: {
    people: {},
    others: ["experimentSlug", "asOf", "assignments", "recentExposures", "counts"],
  },
  ExperimentFold: {
    people: {},
    others: ["experimentSlug", "kind", "question", "snapshot", "counted"],
  },
  ExperimentUpset: { people: {}, others: ["experimentSlug", "upsetIn"] },
  ExperimentHealth: {
    people: {},
    others: [
      "experimentSlug",
      "asOf",
      "verdict",
      "daysToGo",
      "unitsToGo",
      "problems",
      "lastExposedOn",
      "harmed",
      "broken",
    ],
  },
  ExperimentView: {
    people: { userId: "goes", name: "goes", filter: "goes", ownerId: "emptied" },
    others: ["createdAt"],
  },
  ExperimentMetric: {
    people: { ownerId: "emptied", description: definition },
    others: ["key", "status", "version", "revision", "createdAt"],
  },
  ExperimentMetricVersion: {
    people: { createdById: "emptied", definition },
    others: ["key", "version", "createdAt"],
  },
  ExperimentChecklistItem: {
    people: { createdById: "emptied", text: definition },
    others: ["id", "createdAt"],
  },
  ExperimentCheck: { people: { checkedById: "emptied" }, others: ["experimentSlug", "itemId", "checkedAt"] },
  ExperimentPreview: { people: {}, others: ["experimentSlug", "variant", "openedAt"] },
  ExperimentAsk: {
    people: {},
    others: ["experimentSlug", "build", "asked", "firstAskedAt", "lastAskedAt"],
  },
  PreviewLink: {
    people: { makerId: "goes" },
    others: ["id", "experimentSlug", "createdAt", "expiresAt", "tokenHash"],
  },
  ConfigEpoch: { people: {}, others: ["id", "value"] },
  Lease: { people: {}, others: ["name", "holder", "until", "failures", "startedAt"] },
  AuditLog: {
    people: { actorId: acted, rowKey: acted, before: acted, after: acted },
    others: ["id", "at", "actorRole", "tableName", "action"],
  },
} satisfies Record<string, PersonalColumns>;
