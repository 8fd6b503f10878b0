/** What becomes of a column when the person whom it names is erased. */
export type WhenErased =
  /** The row goes. */
  | "goes"
  /** The row stays, and the column no longer names anybody. */
  | "emptied"
  /** It stays, for this reason. */
  | { stays: string };

export interface PersonalColumns {
  people: Readonly<Record<string, WhenErased>>;
  /** Columns that name nobody. */
  others: readonly string[];
}

const acted = {
  stays:
    "Who did what, who had which right, and who was looked at: a bare number that leads to nobody any more, in a log that can only be added to.",
};
const definition = { stays: "What people write about an experiment, which is about nobody." };

/**
 * Every column of the database, and where a person can stand in it. Erasing is done by foreign keys and triggers, so
 * that it is the same for whoever deletes somebody; erasure.integration.test.ts deletes somebody who stands everywhere,
 * and fails at a table or a column that is not listed here.
 */
export const personalData: Readonly<Record<string, PersonalColumns>> = {
  User: {
    people: {
      id: "goes",
      email: "goes",
      name: "goes",
      passwordHash: "goes",
      attributes: "goes",
    },
    others: ["role", "createdAt", "sessionsEndedAt"],
  },
  UserSession: {
    people: { userId: "goes" },
    others: ["id", "createdAt", "seenAt", "expiresAt", "revokedAt"],
  },
  PasswordReset: { people: { userId: "goes" }, others: ["tokenHash", "expiresAt"] },
  Team: { people: {}, others: ["id", "name", "slug", "isOrganization", "parentId", "metadata", "createdAt"] },
  Membership: { people: { userId: "goes" }, others: ["id", "teamId", "role", "accepted", "createdAt"] },
  Subscription: {
    people: { purchasedById: "emptied" },
    others: ["id", "teamId", "seats", "pricePerSeat", "startedAt", "canceledAt"],
  },
  EventType: {
    people: { userId: "goes", title: "goes", slug: "goes" },
    others: ["id", "durationMinutes", "teamId", "createdAt"],
  },
  Booking: {
    people: {
      attendeeName: { stays: "The team's own record of its guest; with the host's event type it goes." },
      attendeeEmail: { stays: "The team's own record of its guest; with the host's event type it goes." },
    },
    others: ["id", "eventTypeId", "startsAt", "createdAt"],
  },
  RateLimit: {
    people: {
      key: { stays: "A hash by which attempts are counted for minutes; what has run out is swept." },
    },
    others: ["points", "expire"],
  },
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
  _prisma_migrations: {
    people: {},
    others: [
      "id",
      "checksum",
      "finished_at",
      "migration_name",
      "logs",
      "rolled_back_at",
      "started_at",
      "applied_steps_count",
    ],
  },
};
