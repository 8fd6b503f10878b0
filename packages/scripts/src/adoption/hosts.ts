import type { Host } from "./host";

const bare: Host = {
  name: "bare",
  pages: ["application", "prisma", "bare"],
  sections: [
    "Prisma and better-auth",
    "Ids that are text",
    "One proxy function, in Next 16",
    "In a Prisma transaction",
    "Upgrade with Prisma",
    "Uninstall with Prisma",
  ],
  async addPerson(pool, { email, token, isAdmin }) {
    const { rows } = await pool.query(
      `WITH person AS (
         INSERT INTO "user" (id, email, name, role) VALUES ('person-' || gen_random_uuid(), $1, 'Uma', $3) RETURNING id
       )
       INSERT INTO "session" (id, token, "userId") SELECT $2, $2, id FROM person RETURNING "userId"`,
      [email, token, isAdmin ? "admin" : "user"],
    );
    return rows[0].userId;
  },
  removePerson: `DELETE FROM "user" WHERE id = $1`,
  forgetTrial: `DELETE FROM "user" WHERE email LIKE '%@host.example'`,
};

const older: Host = {
  name: "older",
  pages: ["application", "older"],
  isPooled: true,
  clientPage: { path: "/pricing", react: "18.2.0" },
  sections: [
    "Drizzle and uuids",
    "Ids that are uuids, behind a pooler",
    "One proxy function, in Next 15",
    "In a Drizzle transaction",
    "Upgrade with Drizzle",
    "Uninstall with Drizzle",
  ],
  async addPerson(pool, { email, token, isAdmin }) {
    const { rows } = await pool.query(
      `WITH person AS (INSERT INTO app_user (email, is_staff) VALUES ($1, $3) RETURNING id)
       INSERT INTO "session" (token, "userId") SELECT $2, id FROM person RETURNING "userId"`,
      [email, token, isAdmin ? 1 : 0],
    );
    return rows[0].userId;
  },
  removePerson: "DELETE FROM app_user WHERE id = $1",
  forgetTrial: "DELETE FROM app_user WHERE email LIKE '%@host.example'",
};

const calcomLike: Host = {
  name: "calcom-like",
  pages: ["application", "prisma", "calcom-like"],
  seed: `
    INSERT INTO users (id, email, name) VALUES (100, 'owner@calcom.example', 'Ona');
    INSERT INTO "Team" (id, name, slug, metadata) VALUES (7, 'Acme', 'acme', '{"subscriptionId": "sub_1"}');
    INSERT INTO "Membership" ("teamId", "userId", accepted) VALUES (7, 100, true);
    INSERT INTO "Feature" (slug, enabled, type, stale, "lastUsedAt", "createdAt", "updatedAt")
      VALUES ('bookings', true, 'RELEASE', NULL, now(), NULL, NULL), ('new-checkout', false, NULL, false, NULL, now(), now()),
        ('dark-mode', false, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO "UserFeatures" ("userId", "featureId", "assignedBy", "updatedAt") VALUES (100, 'new-checkout', 'script', now());
    INSERT INTO "TeamFeatures" ("teamId", "featureId", "assignedBy", "updatedAt") VALUES (7, 'bookings', 'script', now());`,
  sections: [
    "Prisma and Cal.com's tables",
    "Ids that are integers",
    "One proxy function, with your own policy",
    "In a Prisma transaction",
    "Upgrade with Prisma",
    "Uninstall with Prisma",
  ],
  async addPerson(pool, { email, token, isAdmin }) {
    const { rows } = await pool.query(
      `WITH person AS (INSERT INTO users (email, name, role) VALUES ($1, 'Uma', $3::"UserPermissionRole") RETURNING id)
       INSERT INTO "Session" (token, "userId") SELECT $2, id FROM person RETURNING "userId"`,
      [email, token, isAdmin ? "ADMIN" : "USER"],
    );
    return String(rows[0].userId);
  },
  removePerson: "DELETE FROM users WHERE id = $1",
  forgetTrial: `
    DELETE FROM users WHERE email LIKE '%@host.example';
    -- Who changed it last, and when, is so.
    UPDATE "Feature" SET "updatedAt" = "createdAt", "updatedBy" = NULL WHERE slug = 'new-checkout';
    UPDATE "Feature" SET "updatedAt" = NULL, "updatedBy" = NULL WHERE slug = 'dark-mode';`,
  flags: {
    slug: "new-checkout",
    other: "dark-mode",
    select: `INSERT INTO "UserFeatures" ("userId", "featureId", "assignedBy", "updatedAt") VALUES ($1, 'new-checkout', 'support', now())`,
    unselect: `DELETE FROM "UserFeatures" WHERE "userId" = $1`,
    read: `SELECT slug, enabled, description, type, stale, "lastUsedAt", "createdAt" FROM "Feature" WHERE slug = $1`,
  },
};

export const HOSTS: readonly Host[] = [bare, older, calcomLike];
