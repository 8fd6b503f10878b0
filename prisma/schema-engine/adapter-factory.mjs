// @ts-check
import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { schemaOf, withDatabase } from "./connection.mjs";

/** PostgreSQL's internal type "char", in which its catalog keeps kinds of things. */
const CATALOG_CHAR = 18;
const TEXT = 25;

/**
 * Connections for the engine: to the database, and to a shadow database that is dropped when it is disposed of.
 *
 * @param {string} url
 * @returns {import("@prisma/driver-adapter-utils").SqlMigrationAwareDriverAdapterFactory}
 */
export function createAdapterFactory(url) {
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(url),
    async connectToShadowDb() {
      const name = `prisma_migrate_shadow_db_${randomUUID()}`;
      const server = await connect(url);
      await server.executeScript(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
      const shadow = await connect(withDatabase(url, name));
      const dispose = shadow.dispose.bind(shadow);
      // The adapter's own way drops the database while it is still connected to it, which PostgreSQL refuses.
      shadow.dispose = async () => {
        await dispose();
        await server.executeScript(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
        await server.dispose();
      };
      return shadow;
    },
  };
}

/**
 * @param {string} url
 * @returns {Promise<import("@prisma/driver-adapter-utils").SqlDriverAdapter>}
 */
async function connect(url) {
  const pool = new pg.Pool({ connectionString: url });
  const schema = schemaOf(url);
  const options = { disposeExternalPool: true, ...(schema !== undefined && { schema }) };
  const adapter = await new PrismaPg(pool, options).connect();
  readCatalogChar(pool, adapter);
  // The adapter's own way cuts a script at every semicolon, those inside of a function's body too.
  adapter.executeScript = async (script) => {
    await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
  };
  return adapter;
}

/**
 * The adapter refuses columns of the type "char", which introspection reads: to it they are shown as text, and to the
 * engine as characters.
 *
 * @param {pg.Pool} pool
 * @param {import("@prisma/driver-adapter-utils").SqlDriverAdapter} adapter
 */
function readCatalogChar(pool, adapter) {
  /** @type {WeakMap<object, number[]>} */
  const charColumns = new WeakMap(); // by the rows, which the adapter hands on as they are
  /** @type {(config: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>} */
  const query = pool.query.bind(pool);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const asText = async (/** @type {pg.QueryArrayConfig} */ config) => {
    const result = await query(config);
    if (Array.isArray(result)) return result; // several statements
    const fields = result.fields.filter(({ dataTypeID }) => dataTypeID === CATALOG_CHAR);
    charColumns.set(
      result.rows,
      fields.map((field) => result.fields.indexOf(field)),
    );
    for (const field of fields) field.dataTypeID = TEXT;
    return result;
  };
  Object.assign(pool, { query: asText });
  adapter.queryRaw = async (sql) => {
    const result = await queryRaw(sql);
    for (const index of charColumns.get(result.rows) ?? [])
      result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
}
