import type { Pool } from "pg";

/** Flags that an application has had before, in `Feature` and its two tables. Its own route `/api/flags` writes them. */
export interface HostFlags {
  /** One that is off, and given to some. */
  slug: string;
  /** Another one, that is off. */
  other: string;
  /** Gives it to somebody, as the application does, and takes it back. */
  select: string;
  unselect: string;
  /** Its row by the columns that are the application's own. */
  read: string;
}

/** An application that knows nothing of this repository. */
export interface Host {
  name: string;
  /** What it is before the installation: pages beside this file, in their order. */
  pages: readonly string[];
  /** Rows that it has before. */
  seed?: string;
  /** Whether a pooler stands before its database. */
  isPooled?: boolean;
  flags?: HostFlags;
  /** A page of the Pages Router, which renders with the React that the application has installed. */
  clientPage?: { path: string; react: string };
  /** Those of INSTALL.md that fit it, where the page leaves a choice. */
  sections: readonly string[];
  /** Adds somebody who is signed in, as the application does; returns their id. */
  addPerson(pool: Pool, person: { email: string; token: string; isAdmin: boolean }): Promise<string>;
  /** Deletes somebody, as the application does. */
  removePerson: string;
  /** Takes out what the trial has put into its tables. */
  forgetTrial: string;
}
