import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { bin, migrationsDir, root, schemaFile } from "./paths";
import { type Finished, runNode } from "./processes";

/** Ours: the WebAssembly build of Prisma's engine behind the protocol of the native one. */
const ownEngine = path.join(root, "prisma/schema-engine/main.mjs");

/**
 * Prisma's schema engine: the one that was named, the one that was downloaded, or ours. There always is one.
 *
 * @throws ScriptError where the one that was named is not there
 */
export function findSchemaEngine(): string {
  const named = process.env.PRISMA_SCHEMA_ENGINE_BINARY;
  if (named !== undefined && named !== "" && named !== process.execPath) {
    if (fs.existsSync(named)) return named;
    throw new ScriptError(`PRISMA_SCHEMA_ENGINE_BINARY names ${named}, which is not there.`);
  }
  const engines = bin("@prisma/engines");
  const downloaded = fs.readdirSync(engines).find((name) => /^schema-engine-(?!.*\.(gz|sha256)$)/.test(name));
  if (downloaded !== undefined) return path.join(engines, downloaded);
  if (process.platform === "win32")
    throw new ScriptError(
      "Windows cannot run prisma/schema-engine/main.mjs as a program: have Prisma download its engine by `npx prisma migrate status`.",
    );
  return ownEngine;
}

/** Runs Prisma's CLI against a database. */
export async function runPrisma(engine: string, databaseUrl: string, args: string[]): Promise<Finished> {
  const cache = bin(".cache/calcom-prisma");
  fs.mkdirSync(cache, { recursive: true });
  const config = path.join(cache, `${randomUUID()}.config.mjs`);
  const settings = {
    schema: schemaFile,
    migrations: { path: migrationsDir },
    datasource: { url: databaseUrl },
  };
  fs.writeFileSync(config, `export default ${JSON.stringify(settings)};\n`, { mode: 0o600 });
  try {
    return await runNode([bin("prisma/build/index.js"), ...args, "--config", config], {
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: engine, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    });
  } finally {
    fs.rmSync(config, { force: true });
  }
}
