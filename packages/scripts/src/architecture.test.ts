import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "./lib/paths";

const MODULE = "packages/features/experiments";
const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const document = read("docs/architecture.md");

const sources = [MODULE, "apps/web/lib", "apps/web/modules", "packages/lib"].flatMap((dir) =>
  fs
    .readdirSync(path.join(root, dir), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/node_modules|\.test\./.test(file))
    .map((file) => path.join(dir, file)),
);
const words = new Set(sources.flatMap((file) => read(file).match(/\w+/g) ?? []));

/** ConfigCache, findExperiments, DECISION_BUDGET_MS: a name in code has a capital within, or an underscore. */
const named = [...new Set(document.match(/\b(?:[A-Za-z][a-z]+[A-Z]\w*|[A-Z]+_[A-Z_]+)\b/g) ?? [])].filter(
  (name) => name !== "sequenceDiagram",
);

test.each(named)("%s, in the picture of the architecture, is a name of the code", (name) => {
  expect([...words]).toContain(name);
});

test("the folders and files that it names are there", () => {
  const paths = [
    ...document.matchAll(/[`"· ]((?:packages|apps)\/[\w/-]+|[\w-]+\/[\w/-]*(?:\.ts)?|[\w-]+\.ts)(?=[`"· ])/g),
  ];
  const places = paths.map(([, place = ""]) => place);
  expect(places.length).toBeGreaterThan(10);
  const isThere = (place: string) =>
    [place, path.join(MODULE, place)].some((file) => fs.existsSync(path.join(root, file)));
  expect(places.filter((place) => !isThere(place))).toEqual([]);
});
