import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "../lib/paths";
import { buildModules } from "./build-modules";
import type { BuiltModule } from "./built-module";
import { DOCUMENTS, readBlocks } from "./compile-examples";
import { foreignImport, packageOf } from "./foreign";
import { buildManifest, importsIn } from "./manifest";
import { placeOf, relativeImport } from "./places";
import { findNewerReact } from "./react-18";
import { RECIPES, type Recipe } from "./recipes";
import { resolveSource } from "./resolve-source";
import { isVendored } from "./vendored";
import { findNewerZod } from "./zod-3";

const inFeature = path.join(root, "packages/features/experiments/hooks/useExperiment.ts");

describe.each(RECIPES)("the package $name", (recipe) => {
  let modules: BuiltModule[];
  beforeAll(async () => {
    modules = (await buildModules(recipe)).modules;
  });

  test("holds nothing of this repository under the name that it has here", () => {
    const named = modules.flatMap(({ place, code }) =>
      importsIn(code)
        .filter((specifier) => specifier.startsWith("@calcom/"))
        .map((specifier) => `${place} imports ${specifier}`),
    );
    expect(named).toEqual([]);
  });

  test("shows nobody a command or an import of this repository", () => {
    const shown = modules.flatMap(({ place, code }) =>
      (code.match(/"npm run [^"]*|from "@calcom\/[^"]*/g) ?? []).map((found) => `${place}: ${found}`),
    );
    expect(shown).toEqual([]);
  });

  test("imports only modules that are in it", () => {
    const places = new Set(modules.map(({ place }) => `${place}.js`));
    const missing = modules.flatMap(({ place, code }) =>
      importsIn(code)
        .filter((specifier) => specifier.startsWith("."))
        .map((specifier) => path.posix.join(path.posix.dirname(place), specifier))
        .filter((file) => !places.has(file)),
    );
    expect(missing).toEqual([]);
  });

  test("asks React for nothing that 18.2 lacks", () => {
    expect(findNewerReact(modules.filter(({ source }) => !isVendored(source)))).toEqual([]);
  });

  test("asks zod for nothing that 3.25 lacks", () => {
    expect(findNewerZod(modules)).toEqual([]);
  });

  test("says what it needs, and each peer is one that a door imports", () => {
    const { exports, dependencies } = buildManifest(recipe, modules, recipe.name);
    const doors = [...Object.keys(recipe.doors), ...Object.keys(recipe.styles)];
    expect(Object.keys(exports)).toEqual([...doors, "./package.json"]);
    for (const range of Object.values(dependencies)) expect(range).toMatch(/^\^\d+\.\d+\.\d+$/);
    for (const name of Object.keys(recipe.peers)) expect(dependencies).not.toHaveProperty(name);
  });
});

describe("a module of the experiments", () => {
  let texts: Map<string, string>;
  beforeAll(async () => {
    const recipe = RECIPES.find(({ name }) => name === "experiments") as Recipe;
    texts = new Map((await buildModules(recipe)).modules.map(({ place, code }) => [place, code]));
  });

  test('that begins with "use client" still does', () => {
    const kept = [...texts].filter(([, code]) => code.startsWith('"use client";')).map(([place]) => place);
    expect(kept).toContain("experiments/hooks/useExperiment");
    for (const place of kept)
      expect(place).toMatch(
        /^(?:experiments\/(?:hooks|context|components)|flags\/components|admin|ui|lib|vendor)\//,
      );
  });

  test("reads nothing of the settings that this application has", () => {
    expect([...texts.keys()]).not.toContain("lib/env");
  });

  test("that a server runs reads no files of the package: a bundler would look for them in vain", () => {
    const reached = new Set<string>();
    const waiting = ["next", "module", "proxy", "index"].map((door) => `experiments/${door}`);
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (reached.has(place)) continue;
      reached.add(place);
      const from = path.posix.dirname(place);
      for (const specifier of importsIn(texts.get(place) ?? ""))
        if (specifier.startsWith(".")) waiting.push(path.posix.join(from, specifier).replace(/\.js$/, ""));
    }
    expect(reached).toContain("experiments/open-database");
    expect([...reached].filter((place) => texts.get(place)?.includes("import.meta.url"))).toEqual([]);
  });

  test("asks no door of its own for PostHog, which hosts may lack", () => {
    const asking = [...texts].filter(([, code]) => /"posthog-/.test(code)).map(([place]) => place);
    expect(asking.sort()).toEqual([
      "experiments/lib/client/posthog-tracker",
      "experiments/lib/server/posthog-tracker",
    ]);
    const importers = [...texts].filter(([, code]) =>
      importsIn(code).some((specifier) => specifier.endsWith("posthog-tracker.js")),
    );
    expect(importers.map(([place]) => place)).toEqual([]);
  });
});

test("an import leads to its source, by whichever door of a workspace", () => {
  const found = (specifier: string) => {
    const source = resolveSource(specifier, inFeature);
    return source && path.relative(root, source).split(path.sep).join("/");
  };
  expect(found("./result")).toBe("packages/features/experiments/hooks/result.ts");
  expect(found("../types")).toBe("packages/features/experiments/types.ts");
  expect(found("@calcom/lib/errors")).toBe("packages/lib/errors.ts");
  expect(found("@calcom/lib/gate/text")).toBe("packages/lib/gate/text.ts");
  expect(found("@calcom/statistics")).toBe("packages/statistics/src/index.ts");
  expect(found("react")).toBeNull();
  expect(() => found("./nothing")).toThrow("which is no file");
  expect(() => found("@calcom/statistics/nothing")).toThrow("which is no door");
});

test("what belongs to no folder of a package is refused by name", () => {
  const [statistics] = RECIPES as [Recipe];
  expect(() => placeOf(statistics, inFeature)).toThrow(
    "packages/features/experiments/hooks/useExperiment.ts",
  );
});

test("modules import each other by relative names with an ending", () => {
  expect(relativeImport("experiments/hooks/a", "experiments/hooks/b")).toBe("./b.js");
  expect(relativeImport("experiments/hooks/a", "lib/errors")).toBe("../../lib/errors.js");
});

test("what npm brings is kept, renamed, inlined or dropped", () => {
  expect(foreignImport("zod")).toEqual({ kind: "kept", specifier: "zod/v4" });
  expect(foreignImport("react")).toEqual({ kind: "kept", specifier: "react" });
  expect(foreignImport("server-only")).toEqual({ kind: "dropped" });
  expect(foreignImport("@stdlib/math-base-special-erfc")).toEqual({ kind: "inlined" });
  expect(packageOf("@noble/hashes/hmac.js")).toBe("@noble/hashes");
  expect(packageOf("csv-stringify/sync")).toBe("csv-stringify");
  expect(packageOf("node:crypto")).toBeNull();
  expect(packageOf("./b.js")).toBeNull();
});

test.each([
  ["use", 'import { use } from "react";'],
  ["useEffectEvent", 'import {\n  useEffect,\n  useEffectEvent as later\n} from "react";'],
  ["use", 'import * as React from "react";\nconst a = React.use(b);'],
  ["imports all of React", 'import React, { useState } from "react";'],
  ["<ThemeContext>", "return /* @__PURE__ */ jsx(ThemeContext, { value, children });"],
])("of what React 18.2 lacks `%s` is found", (what, code) => {
  expect(findNewerReact([{ place: "planted", code }])).toEqual([expect.stringContaining(what)]);
});

test("of what zod 3.25 lacks, and of nothing else, is found", () => {
  const code = 'import { z } from "zod/v4";\nvar a = z.object({ b: z.string().max(3), c: z.hostname() });';
  expect(findNewerZod([{ place: "planted", code }])).toEqual(["planted uses `z.hostname`"]);
});

test("what React 18.2 has is none of it", () => {
  const code =
    'import { createContext, useContext } from "react";\nreturn jsx(ThemeContext.Provider, { value, children });';
  expect(findNewerReact([{ place: "fine", code }])).toEqual([]);
});

test("sources of the checkout that doors name are there", () => {
  for (const { doors } of RECIPES)
    for (const { source } of Object.values(doors)) expect(fs.existsSync(path.join(root, source))).toBe(true);
});

test("the code that the documents show is found, each block by the file that it would be", () => {
  const shown = DOCUMENTS.flatMap((file) => readBlocks(fs.readFileSync(path.join(root, file), "utf8")));
  expect([...new Set(shown.map(({ file }) => file))].sort()).toEqual([
    "app/admin/experiments/[[...path]]/page.tsx",
    "app/api/experiments/[[...path]]/route.ts",
    "app/backoffice/ab/[[...path]]/page.tsx",
    "app/page.tsx",
    "app/upgrade-button.tsx",
    "experiments.metrics.ts",
    "experiments.ts",
    "lib/place-order.ts",
    "middleware.ts",
    "proxy.ts",
  ]);
  expect(shown.find(({ file }) => file === "app/upgrade-button.tsx")?.code).toMatch(/^"use client";/);
});
