// @ts-check
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const cli = path.resolve(here, "../node_modules/prisma/build/index.js");
const stamp = path.join(here, "generated/.calcom-schema");
const inputs = ["schema.prisma", "prisma.config.ts", "package.json"];

/** True where the client was made from this schema by this version of Prisma. */
export function isGenerated() {
  return fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === inputHash();
}

/** @throws Error with what Prisma said */
export function generate() {
  const hash = inputHash();
  const run = spawnSync(process.execPath, [cli, "generate"], {
    cwd: here,
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
}

function inputHash() {
  const hash = createHash("sha256");
  for (const file of inputs) hash.update(fs.readFileSync(path.join(here, file)));
  return hash.digest("hex");
}

// As a task of Turborepo; commands import it, under a lock.
if (process.argv[1] === fileURLToPath(import.meta.url) && !isGenerated()) generate();
