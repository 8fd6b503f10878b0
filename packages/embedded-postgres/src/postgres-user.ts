import fs from "node:fs";
import { ScriptError } from "@calcom/lib/script-error";

/**
 * The user to run Postgres as. Postgres refuses to run as root. So if this process is root, it is the system user `nobody`.
 * Otherwise it is empty, and Postgres runs as the current user.
 */
export const postgresUser: { uid?: number; gid?: number } = process.getuid?.() === 0 ? nobody() : {};

/** The environment of Postgres: plain C locale, and none of our settings or secrets. Next’s types require NODE_ENV. */
export const postgresEnv = { LC_ALL: "C", PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV };

function nobody(): { uid: number; gid: number } {
  const line = fs
    .readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith("nobody:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  if (uid === undefined || gid === undefined) {
    throw new ScriptError(
      "PostgreSQL refuses to run as root, and this machine has no user nobody to run it as: start as another user.",
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}
