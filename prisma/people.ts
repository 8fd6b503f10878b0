import { ofExperiments } from "./people-of-experiments";
import type { PersonalColumns } from "./personal-columns";

/** The tables that the application has whether or not there are experiments. */
export const ofApplication = {
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
} satisfies Record<string, PersonalColumns>;

/**
 * Every column of the database, and which of them can name a person. Foreign keys and triggers do the erasing, so that
 * every way to delete a person erases the same. erasure.integration.test.ts deletes a person who is named in all of these
 * columns, and fails at a table or a column that is not listed here.
 */
export const personalData: Readonly<Record<string, PersonalColumns>> = { ...ofApplication, ...ofExperiments };
