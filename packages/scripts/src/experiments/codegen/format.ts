import { spawnSync } from "node:child_process";
import { bin, root } from "../../lib/paths";

/** As this repository's formatter writes a declaration file, wherever it will be put. */
export function formatted(source: string): string {
  const run = spawnSync(
    process.execPath,
    [bin("@biomejs/biome/bin/biome"), "format", "--stdin-file-path=apps/web/types/experiments.d.ts"],
    { cwd: root, input: source, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  if (run.status !== 0 || run.error !== undefined)
    throw new Error(`The declaration cannot be formatted: ${run.stderr || run.error?.message}`);
  return run.stdout;
}
