import type { Pool } from "pg";

/** An application that knows nothing of this repository. */
export interface Host {
  name: string;
  /** What it is before the installation: pages beside this file, in their order. */
  pages: readonly string[];
  /** The sections of INSTALL.md that fit it, where the page leaves a choice. */
  sections: readonly string[];
  /** Adds somebody who is signed in, as the application does; returns their id. */
  addPerson(pool: Pool, person: { email: string; token: string; isAdmin: boolean }): Promise<string>;
  /** Deletes somebody, as the application does. */
  removePerson: string;
  /** Takes out what the trial has put into its tables. */
  forgetTrial: string;
}

const calcomLike: Host = {
  name: "calcom-like",
  pages: ["application", "prisma", "calcom-like"],
  sections: [
    "Prisma and Cal.com's tables",
    "Ids that are integers",
    "One route",
    "One proxy function, in Next 16",
    "In a transaction of Prisma",
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
  forgetTrial: "DELETE FROM users WHERE email LIKE '%@host.example'",
};

export const HOSTS: readonly Host[] = [calcomLike];
