import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { root } from "./paths";
import { runTurbo } from "./turbo";

const planSchema = z.object({
  tasks: z.array(
    z.object({
      taskId: z.string(),
      directory: z.string(),
      inputs: z.record(z.string(), z.string()),
      dependencies: z.array(z.string()),
    }),
  ),
});

const { output } = await runTurbo(["build", "test", "typecheck", "--dry=json"]);
const { tasks } = planSchema.parse(JSON.parse(output.slice(output.indexOf("{"))));
const filesOf = new Map(tasks.map((task) => [task.taskId, sourcesOf(task)]));

/** What a task's hash knows: its own files, and those of the tasks that it stands on. */
function reached(taskId: string, seen = new Set<string>()): Set<string> {
  seen.add(taskId);
  for (const next of tasks.find((task) => task.taskId === taskId)?.dependencies ?? [])
    if (!seen.has(next)) reached(next, seen);
  return seen;
}

function sourcesOf({ directory, inputs }: { directory: string; inputs: Record<string, string> }): string[] {
  return Object.keys(inputs).map((file) => path.join(directory, file));
}

const inBuild = [...reached("@calcom/web#build")].flatMap((task) => filesOf.get(task) ?? []);

test("a change of what the application stands on makes a new build", () => {
  expect(inBuild).toEqual(
    expect.arrayContaining([
      "apps/web/next.config.ts",
      "apps/web/public/static/locales/en/common.json",
      "packages/features/experiments/server.ts",
      "packages/ui/globals.css",
      "packages/trpc/server/index.ts",
      "packages/lib/env.ts",
      "prisma/schema.prisma",
      "prisma/create.ts",
    ]),
  );
});

test("a change of a test, a journey, a tool or a document makes none", () => {
  const idle =
    /\.test(-d)?\.tsx?$|\.md$|\/testing\/|^apps\/web\/playwright\/|^packages\/(scripts|bench|seed|embedded-postgres)\/src\//;
  expect(inBuild.filter((file) => idle.test(file))).toEqual([]);
});

test("no package but those that stand on the components sees a change of them", () => {
  const onUi = tasks
    .filter(({ taskId }) => taskId.endsWith("#typecheck") && reached(taskId).has("@calcom/ui#code"))
    .map(({ taskId }) => taskId.replace("#typecheck", ""));
  expect(onUi.sort()).toEqual(
    ["bench", "features", "scripts", "seed", "trpc", "web"].map((name) => `@calcom/${name}`),
  );
});

test("a task sees files of other packages that its tests read", () => {
  expect(filesOf.get("@calcom/web#test")).toEqual(
    expect.arrayContaining(["packages/features/flags/types.ts", "packages/ui/index.ts"]),
  );
  expect(filesOf.get("@calcom/scripts#test")).toEqual(
    expect.arrayContaining(["README.md", "docs/decisions/README.md", ".dependency-cruiser.cjs"]),
  );
  expect(filesOf.get("@calcom/features#test")).toEqual(
    expect.arrayContaining(["apps/web/modules/experiments/Experiment.tsx"]),
  );
});

test("a task does not see what others write, or it would be new each time", () => {
  const made = /(^|\/)(\.next|\.turbo|\.vitest|node_modules|generated)\//;
  expect([...filesOf.values()].flat().filter((file) => made.test(file))).toEqual([]);
});

test("no secret reaches a task", () => {
  const configs = [
    "turbo.json",
    ...fs.readdirSync(path.join(root, "packages")).map((name) => `packages/${name}/turbo.json`),
  ];
  const texts = configs
    .filter((file) => fs.existsSync(path.join(root, file)))
    .map((file) => fs.readFileSync(path.join(root, file), "utf8"));
  expect(texts.filter((text) => /DATABASE|SECRET|POSTHOG|NEXTAUTH/.test(text))).toEqual([]);
});
