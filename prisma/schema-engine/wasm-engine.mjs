// @ts-check
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { createAdapterFactory } from "./adapter-factory.mjs";

/** What the engine said when it panicked: what it throws then is only "unreachable". */
let panic = "";

/**
 * Loads the engine. Node imports no `.wasm` by itself, so that it is instantiated by hand.
 *
 * @param {Pick<import("./options.mjs").Options, "url" | "datamodels">} options
 */
export async function openEngine({ url, datamodels }) {
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const binary = readFileSync(path.join(path.dirname(file), "schema_engine_bg.wasm"));
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message(/** @type {string} */ message) {
        panic = message;
      },
    },
  });
  const { instance } = await WebAssembly.instantiate(binary, { "./schema_engine_bg.js": { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  const { __wbindgen_start: start } = instance.exports;
  if (typeof start === "function") start();
  const factory = bindMigrationAwareSqlAdapterFactory(createAdapterFactory(url));
  return bindings.SchemaEngine.new({ datamodels }, () => {}, factory);
}

export function lastPanic() {
  return panic;
}
