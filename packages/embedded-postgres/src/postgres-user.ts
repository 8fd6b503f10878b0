import fs from "node:fs";
import { ScriptError } from "@calcom/lib/script-error";

/**
 * The user that Postgres runs as. Postgres refuses root, so under root it is nobody; otherwise it is the present user,
 * and this is empty.
 */
export const postgresUser: { uid?: number; gid?: number } = process.getuid?.() === 0 ? nobody() : {};

/** No locale, none of our settings or secrets. (Next declares NODE_ENV as always present.) */
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
