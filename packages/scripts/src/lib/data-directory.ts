import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ownedDirectory } from "@calcom/embedded-postgres/owned-directory";
import { postgresUser } from "@calcom/embedded-postgres/postgres-user";
import { root } from "./paths";

/**
 * Where the embedded database and the secrets of this checkout live: its `.data/`, or, where the user that runs Postgres
 * cannot reach that, a directory beside the temporary files that is named for the checkout.
 */
export function dataDirectory(checkout: string = root): string {
  const own = path.join(checkout, ".data");
  fs.mkdirSync(own, { recursive: true });
  if (isReachable(own)) return own;
  const key = createHash("sha256").update(fs.realpathSync(checkout)).digest("hex").slice(0, 12);
  return ownedDirectory(path.join(os.tmpdir(), `calcom-data-${key}`));
}

function isReachable(dir: string): boolean {
  if (postgresUser.uid === undefined) return true;
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", dir], { ...postgresUser, cwd: "/" }).status === 0;
}
