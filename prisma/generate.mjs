// @ts-check
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { withLock } from "./lock.mjs";

/**
 * Generates the Prisma client where the schema or Prisma's version has changed since.
 *
 * @param {string} root
 */
export async function generate(root) {
  const stamp = path.join(root, "prisma/generated/.calcom-schema");
  const isFresh = () => fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === inputHash(root);
  if (isFresh()) return;
  await withLock(root, "generate", async () => {
    if (isFresh()) return;
    const hash = inputHash(root);
    const cli = path.join(root, "node_modules/prisma/build/index.js");
    const run = spawnSync(process.execPath, [cli, "generate"], {
      cwd: path.join(root, "prisma"),
      encoding: "utf8",
      env: {
        // Every command of Prisma fetches its schema engine first, even those that do without: any file will do.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        ...process.env,
      },
    });
    if (run.status !== 0) {
      throw new Error(
        `The Prisma client cannot be generated:\n${run.stdout ?? ""}${run.stderr ?? run.error ?? ""}`,
      );
    }
    fs.writeFileSync(stamp, hash);
  });
}

/** @param {string} root */
function inputHash(root) {
  const hash = createHash("sha256");
  for (const file of ["prisma/schema.prisma", "prisma/package.json", "prisma/prisma.config.ts"]) {
    hash.update(fs.readFileSync(path.join(root, file)));
  }
  return hash.digest("hex");
}
