// @ts-check
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

/**
 * @typedef {object} Options
 * @property {boolean} isVersionAsked
 * @property {string | null} command What follows `cli`, such as `create-database`.
 * @property {string} url The database.
 * @property {[string, string][] | undefined} datamodels Schema files and what is in them.
 */

/**
 * The arguments of the native engine, as far as the CLI gives them.
 *
 * @param {string[]} args
 * @returns {Options}
 */
export function readOptions(args) {
  const { values, positionals } = parseArgs({
    args,
    strict: false,
    allowPositionals: true,
    options: {
      version: { type: "boolean", short: "v" },
      datasource: { type: "string" },
      datamodels: { type: "string", multiple: true },
    },
  });
  const files = (values.datamodels ?? []).map(String);
  const [first, command] = positionals;
  return {
    isVersionAsked: values.version === true,
    command: first === "cli" ? (command ?? "") : null,
    url: urlIn(typeof values.datasource === "string" ? values.datasource : undefined),
    datamodels: files.length > 0 ? files.map((file) => [file, readFileSync(file, "utf8")]) : undefined,
  };
}

/**
 * A datasource is JSON, and was the bare address in versions before.
 *
 * @param {string | undefined} datasource
 * @returns {string}
 */
function urlIn(datasource) {
  if (datasource === undefined) return "";
  return datasource.startsWith("{") ? (JSON.parse(datasource).url ?? "") : datasource;
}
