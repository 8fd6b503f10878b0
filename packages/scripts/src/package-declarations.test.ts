import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { bin, root } from "./lib/paths";

let dir: string;

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "calcom-declarations-"));
  fs.copyFileSync(path.join(root, "knip.json"), path.join(dir, "knip.json"));
  write("package.json", { name: "planted", workspaces: ["packages/*"] });
});

afterEach(() => {
  fs.rmSync(dir, { recursive: true, force: true });
});

function write(file: string, content: object | string): void {
  fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  fs.writeFileSync(path.join(dir, file), typeof content === "string" ? content : JSON.stringify(content));
}

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")));

/** `npm run check:packages`, in the planted tree. */
function check() {
  const args = scripts["check:packages"]?.split(" ").slice(1) ?? [];
  return spawnSync(process.execPath, [bin("knip/bin/knip.js"), ...args], { cwd: dir, encoding: "utf8" });
}

function plant(dependencies: Record<string, string>): void {
  write("packages/ui/package.json", { name: "@calcom/ui", exports: "./index.ts", dependencies });
  write("packages/ui/index.ts", 'import { clsx } from "clsx";\nexport const joined = clsx("a");\n');
}

test("a package that declares what it imports passes", { timeout: 180_000 }, () => {
  plant({ clsx: "2.1.1" });
  expect(check()).toMatchObject({ status: 0 });
});

test("a package that is imported and not declared fails", { timeout: 180_000 }, () => {
  plant({});
  const { status, stdout } = check();
  expect(stdout).toMatch(/Unlisted dependencies[\s\S]*clsx +packages\/ui\/index\.ts/);
  expect(status).toBe(1);
});

test("a package that is declared and not imported fails", { timeout: 180_000 }, () => {
  plant({ clsx: "2.1.1", sonner: "2.0.8" });
  const { status, stdout } = check();
  expect(stdout).toMatch(/Unused dependencies[\s\S]*sonner +packages\/ui\/package\.json/);
  expect(status).toBe(1);
});
