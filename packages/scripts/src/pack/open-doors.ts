import fs from "node:fs";
import path from "node:path";
import { runNode } from "../lib/processes";
import { packDir, type Written } from "./write-package";

/** Imports each door by its name and asks each command for help, in a process of its own: no compiler and no condition of a framework helps. */
export async function openDoors({ recipe, name, dir, manifest }: Written): Promise<string[]> {
  const host = fs.mkdtempSync(path.join(packDir, "host-"));
  try {
    const link = path.join(host, "node_modules", name);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(dir, link, "junction");
    const doors = Object.keys(manifest.exports).filter((door) => !door.endsWith(".json"));
    const file = path.join(host, "open.mjs");
    const calls = recipe.sql.length > 0 ? readSqlOf(name) : "";
    fs.writeFileSync(file, programOf(doors.map((door) => name + door.slice(1))) + calls);
    const runs = [
      [file],
      ...Object.keys(recipe.bin).map((bin) => [path.join(dir, manifest.bin?.[bin] ?? ""), "--help"]),
    ];
    const ended = await Promise.all(runs.map((args) => runNode(args, { cwd: host })));
    return ended.filter(({ code }) => code !== 0).map(({ output }) => output);
  } finally {
    fs.rmSync(host, { recursive: true, force: true });
  }
}

function programOf(doors: readonly string[]): string {
  return `for (const door of ${JSON.stringify(doors)}) {
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
