import fs from "node:fs";
import path from "node:path";
import { runNode } from "../lib/processes";
import { packDir, type Written } from "./write-package";

/** A folder in which the package is installed, as far as Node and the compiler can tell. */
export async function withinHost<Result>(
  { name, dir }: Written,
  run: (host: string) => Promise<Result>,
): Promise<Result> {
  const host = fs.mkdtempSync(path.join(packDir, "host-"));
  try {
    const link = path.join(host, "node_modules", name);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(dir, link, "junction");
    return await run(host);
  } finally {
    fs.rmSync(host, { recursive: true, force: true });
  }
}

/** Imports each door by its name and asks each command for help, in a process of its own: no compiler and no condition of a framework helps. */
export function openDoors(written: Written): Promise<string[]> {
  const { recipe, name, dir, manifest } = written;
  return withinHost(written, async (host) => {
    const doors = Object.keys(manifest.exports).filter((door) => !/\.(?:json|css)$/.test(door));
    const file = path.join(host, "open.mjs");
    const calls = recipe.sql.length > 0 ? readSqlOf(name) : "";
    fs.writeFileSync(file, programOf(doors.map((door) => name + door.slice(1))) + calls);
    const bins = Object.values(manifest.bin ?? {}).map((bin) => [path.join(dir, bin), "--help"]);
    const ended = await Promise.all([[file], ...bins].map((args) => runNode(args, { cwd: host })));
    return ended.filter(({ code }) => code !== 0).map(({ output }) => output);
  });
}

const RESOLVE_NEXT =
  "export const resolve = (name, context, next) => next(/^next\\/[\\w-]+$/.test(name) ? name + '.js' : name, context);";

function programOf(doors: readonly string[]): string {
  return `import { register } from "node:module";
// A page of Next's is built by Next, which finds these names as they are.
register("data:text/javascript," + encodeURIComponent(${JSON.stringify(RESOLVE_NEXT)}));
for (const door of ${JSON.stringify(doors)}) {
  const names = Object.keys(await import(door));
  if (names.length === 0) throw new Error(door + " holds nothing.");
}
`;
}

/** Files that are no modules are found only by who reads them. */
function readSqlOf(name: string): string {
  return `const { listModuleMigrations } = await import("${name}/migrations");
const sql = listModuleMigrations({ schema: "experiments", users: { table: "users" }, teams: null });
if (sql.length === 0) throw new Error("There is no SQL.");
`;
}
