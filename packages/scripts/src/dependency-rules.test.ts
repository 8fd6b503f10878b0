import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { bin, root } from "./lib/paths";

const HASHING = 'import { createHash } from "node:crypto"; export const digest = createHash("sha256");';

// Each rule of .dependency-cruiser.cjs, and a file that breaks it. Imports go by the workspaces' names where the real
// ones would: a cruiser that does not resolve them reports nothing and looks green.
const planted: Record<string, { from: string; source: string; also?: Record<string, string> }> = {
  "no-cycles": {
    from: "packages/lib/cycle-a.ts",
    source: 'export { b } from "./cycle-b";',
    also: { "packages/lib/cycle-b.ts": 'export { a as b } from "./cycle-a";' },
  },
  "core-is-pure": {
    from: "packages/features/experiments/utils/hash.ts",
    source: 'import { through } from "@calcom/lib/through"; export const hash = through;',
    also: { "packages/lib/through.ts": 'import { useState } from "react"; export const through = useState;' },
  },
  "core-has-no-node": {
    from: "packages/features/experiments/results/grid.ts",
    source: 'export { digest } from "./digest";',
    also: { "packages/features/experiments/results/digest.ts": HASHING },
  },
  "client-has-no-node": {
    from: "packages/features/experiments/components/ResultsTable.tsx",
    source: 'export { computed } from "../results/computed";',
    also: { "packages/features/experiments/results/computed.ts": HASHING.replace("digest", "computed") },
  },
  "only-repositories-touch-prisma": {
    from: "packages/features/experiments/serve/experiments.service.ts",
    source: 'import type { Feature } from "@calcom/prisma/client"; export type F = Feature;',
  },
  "repositories-do-not-know-services": {
    from: "packages/features/flags/flags.repository.ts",
    source: 'import type { Service } from "./flags.service"; export type S = Service;',
    also: { "packages/features/flags/flags.service.ts": "export interface Service { a: 1 }" },
  },
  "client-never-reaches-server": {
    from: "packages/features/experiments/hooks/useExperiment.ts",
    source: 'export { secret } from "../context/through";',
    also: {
      "packages/features/experiments/context/through.ts": 'export { secret } from "../lib/server/secret";',
      "packages/features/experiments/lib/server/secret.ts": "export const secret = 1;",
    },
  },
  "admin-pages-know-the-server-by-type": {
    from: "packages/features/experiments-admin/api/client.ts",
    source:
      'export type { Admin } from "@calcom/features/experiments/server"; export { admin } from "@calcom/features/experiments/server";',
    also: {
      "packages/features/experiments/server.ts":
        "export interface Admin { a: 1 }\nexport const admin: Admin = { a: 1 };",
    },
  },
  "features-do-not-know-trpc": {
    from: "packages/features/experiments/components/List.tsx",
    source: 'export { trpc } from "@calcom/trpc/react";',
  },
  "features-meet-at-the-door": {
    from: "packages/features/billing/billing.ts",
    source: 'export { inner } from "@calcom/features/teams/inner";',
    also: { "packages/features/teams/inner.ts": "export const inner = 1;" },
  },
  "ui-has-no-data": { from: "packages/ui/data.ts", source: 'export { plain } from "@calcom/lib/plain";' },
  "product-does-not-know-tools": {
    from: "apps/web/lib/tool.ts",
    source: 'export { tool } from "../../../packages/scripts/src/tool";',
    also: { "packages/scripts/src/tool.ts": "export const tool = 1;" },
  },
  "packages-do-not-know-apps": { from: "packages/lib/app.ts", source: 'export { page } from "@/page";' },
  "workspaces-are-declared": {
    from: "packages/trpc/undeclared.ts",
    source: 'export { plain } from "@calcom/features/undeclared";',
    also: { "packages/features/undeclared.ts": "export const plain = 1;" },
  },
  "workspaces-form-no-cycle": {
    from: "packages/lib/upwards.ts",
    source: 'export { above } from "@calcom/features/above";',
    also: { "packages/features/above.ts": "export const above = 1;" },
  },
  "npm-packages-are-declared": {
    from: "packages/ui/hoisted.ts",
    source: 'export { useState } from "react";',
  },
  "product-needs-no-dev-dependency": {
    from: "packages/lib/served.ts",
    source: 'export { useState } from "react";',
  },
  "experiments-know-no-dependent-feature": {
    from: "packages/features/experiments/admin/levels.ts",
    source: 'export type { Flag } from "@calcom/features/flags/types";',
    also: { "packages/features/flags/types.ts": "export interface Flag { slug: string }" },
  },
  "statistics-stand-alone": {
    from: "packages/statistics/src/rate.ts",
    source: 'export { plain } from "@calcom/lib/plain";',
  },
  "doors-are-for-others": {
    from: "packages/features/experiments/admin/list.ts",
    source: 'export type { Unit } from "../types";',
    also: { "packages/features/experiments/types.ts": 'export type Unit = "user";' },
  },
  "everything-resolves": { from: "apps/web/missing.ts", source: 'export { nothing } from "./not-there";' },
};

const shared: Record<string, string> = {
  "packages/lib/plain.ts": "export const plain = 1;",
  "prisma/generated/client.ts": "export interface Feature { slug: string }",
  "packages/trpc/react.ts": "export const trpc = 1;",
  "apps/web/page.ts": "export const page = 1;",
};

interface Manifest {
  exports: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const manifests: Record<string, Manifest> = {
  prisma: { exports: { "./client": "./generated/client.ts" }, dependencies: { "@calcom/lib": "*" } },
  "packages/lib": { exports: { "./*": "./*.ts" }, devDependencies: { react: "*" } },
  "packages/trpc": { exports: { "./react": "./react.ts" } },
  "packages/features": { exports: { "./*": "./*.ts" }, dependencies: { "@calcom/lib": "*" } },
  "packages/ui": { exports: { "./*": "./*.ts" } },
};

/** A file that nobody listed anywhere is guarded by its folder alone. */
const pureFolders = ["types", "utils", "lib", "lib/conditions", "metrics", "results"].map(
  (room) => `packages/features/experiments/${room}`,
);
const guarded = [...pureFolders, "packages/statistics/src"].map((dir) => `${dir}/unheard-of.ts`);

let clean: string;
let dirty: string;
let violations: ReturnType<typeof violationsIn>;

beforeAll(() => {
  clean = makeTree(shared);
  const files = Object.values(planted).map(({ from, source, also }) => ({ [from]: source, ...also }));
  files.push(Object.fromEntries(guarded.map((file) => [file, HASHING])));
  dirty = makeTree(Object.assign({}, shared, ...files));
  violations = violationsIn(dirty);
}, 30_000);

afterAll(() => {
  for (const dir of [clean, dirty]) fs.rmSync(dir, { recursive: true, force: true });
});

/** Some rules are one for each workspace of the folder in which the file is read. */
function readRuleNames(): string[] {
  const script = 'JSON.stringify(require("./.dependency-cruiser.cjs").forbidden.map(({ name }) => name))';
  const { stdout } = spawnSync(process.execPath, ["-p", script], { cwd: root, encoding: "utf8" });
  return [...new Set(z.array(z.string()).parse(JSON.parse(stdout)))];
}

test("a tree that keeps the rules passes", { timeout: 180_000 }, () => {
  expect(violationsIn(clean)).toEqual([]);
});

test("a planted violation of each rule is caught, and every rule has one", { timeout: 180_000 }, () => {
  const names = readRuleNames();
  expect(Object.keys(planted).sort()).toEqual([...names].sort());
  const caught = names.filter((name) =>
    violations.some(({ rule, from }) => rule.name === name && from === planted[name]?.from),
  );
  expect(caught).toEqual(names);
});

test.each(guarded)("%s is pure because of its folder", (file) => {
  expect(violations).toContainEqual(
    expect.objectContaining({ from: file, rule: expect.objectContaining({ name: "core-has-no-node" }) }),
  );
});

function makeTree(files: Record<string, string>): string {
  // The real path: the cruiser follows the workspaces' links and compares what it finds with the base directory.
  const dir = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "calcom-rules-"));
  fs.copyFileSync(path.join(root, ".dependency-cruiser.cjs"), path.join(dir, ".dependency-cruiser.cjs"));
  fs.copyFileSync(path.join(root, "tsconfig.json"), path.join(dir, "tsconfig.json"));
  fs.mkdirSync(path.join(dir, "node_modules/@calcom"), { recursive: true });
  fs.symlinkSync(bin("react"), path.join(dir, "node_modules/react"));
  for (const [workspace, manifest] of Object.entries(manifests)) {
    const name = path.basename(workspace);
    write(
      dir,
      `${workspace}/package.json`,
      JSON.stringify({ name: `@calcom/${name}`, type: "module", ...manifest }),
    );
    fs.symlinkSync(path.join(dir, workspace), path.join(dir, "node_modules/@calcom", name));
  }
  for (const [file, source] of Object.entries(files)) write(dir, file, `${source}\n`);
  return dir;
}

function write(dir: string, file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  fs.writeFileSync(path.join(dir, file), text);
}

const reportSchema = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

function violationsIn(dir: string) {
  const cruiser = bin("dependency-cruiser/bin/dependency-cruise.mjs");
  const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", "apps", "packages", "prisma"];
  const { stdout, stderr } = spawnSync(process.execPath, [cruiser, ...args], { cwd: dir, encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  return reportSchema.parse(JSON.parse(stdout)).summary.violations;
}
