import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { codeOf } from "./errors";
import { bin, migrationsDir, root, schemaFile } from "./paths";
import { type Finished, runNode } from "./processes";

/** Prisma's schema engine, or the reason why there is none. */
export type SchemaEngine = { file: string } | { absent: string };

const authoringShim = path.join(root, "../shared/tools/schema-engine-shim.mjs");

/**
 * The engine that was named or downloaded; where downloads are closed, a shim that lies beside the checkout, which runs the WASM
 * build of the same engine.
 */
export function findSchemaEngine(): SchemaEngine {
  const named = process.env.PRISMA_SCHEMA_ENGINE_BINARY;
  if (named !== undefined && named !== "" && named !== process.execPath) return { file: named };
  const engines = bin("@prisma/engines");
  const downloaded = fs.readdirSync(engines).find((name) => /^schema-engine-(?!.*\.(gz|sha256)$)/.test(name));
  if (downloaded !== undefined) return { file: path.join(engines, downloaded) };
  if (!fs.existsSync(authoringShim))
    return {
      absent: "Prisma's schema engine is not there (it is downloaded by `npx prisma migrate status`)",
    };
  if (!isInstalled("@prisma/schema-engine-wasm/schema_engine_bg"))
    return { absent: "@prisma/schema-engine-wasm is not installed" };
  return { file: shimBesideModules() };
}

/** Runs Prisma's CLI against a database. */
export async function runPrisma(
  engine: { file: string },
  databaseUrl: string,
  args: string[],
): Promise<Finished> {
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
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: engine.file, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    });
  } finally {
    fs.rmSync(config, { force: true });
  }
}

function isInstalled(specifier: string): boolean {
  try {
    createRequire(import.meta.url).resolve(specifier);
    return true;
  } catch (error) {
    if (codeOf(error) === "MODULE_NOT_FOUND" || codeOf(error) === "ERR_PACKAGE_PATH_NOT_EXPORTED")
      return false;
    throw error;
  }
}

/** The shim finds its packages by where it lies, and must be executable. */
function shimBesideModules(): string {
  const file = bin(".cache/calcom-prisma/schema-engine-shim.mjs");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.copyFileSync(authoringShim, file);
  fs.chmodSync(file, 0o755);
  return file;
}
