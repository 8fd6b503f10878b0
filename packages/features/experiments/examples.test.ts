import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { block, blocksOf, root } from "./examples/blocks";
import { compile, exampleOf } from "./testing/compile-examples";

const documents = ["EXAMPLES.md", "README.md"];
const examples = documents.flatMap((document) => blocksOf(document).map(exampleOf));

const working = `// apps/web/modules/billing/Planted.tsx
import { useExperiment } from "@calcom/features/experiments/hooks";
export function Planted() {
  const { variant, trackConversion } = useExperiment("upgrade-button-test", { userId: 1 });
  return <a onClick={() => trackConversion("clicked")}>{variant === "urgent" ? "Now" : "Later"}</a>;
}`;

const mistakes: [string, string, string][] = [
  ["a slug that no experiment has", '"upgrade-button-test"', '"upgrade-buton-test"'],
  ["a variant that the experiment does not have", '"urgent"', '"urgnet"'],
  ["an option that the hook does not take", "userId", "userID"],
  ["a function that the hook does not return", "trackConversion }", "trackConversions }"],
  ["a module that is not there", "experiments/hooks", "experiments/hook"],
  ["a bracket left open", "Planted() {", "Planted( {"],
];
const made = (name: string, code: string) => exampleOf(block({ name, code, extension: "tsx", heading: "" }));
const planted = mistakes.map(([name, right, wrong]) => made(name, working.replace(right, wrong)));
const intact = made("without a mistake", working);

// Followed for a second page: a line in the file that is there, and the route of the example under its path.
const PAGES = "apps/web/modules/experiments/static-pages.ts";
const pages = fs.readFileSync(path.join(root, PAGES), "utf8");
const [declaration, route] = blocksOf("EXAMPLES.md").filter(({ heading }) => heading === "On a static page");
const line = /^ {2}"\/": staticPage\(.+$/m.exec(declaration?.code ?? "")?.[0] ?? "";
const secondLine = line.replace('"/"', '"/start"').replace('"/landing"', '"/start"');
const second = made("a second static page", String(route?.code).replace('["/"]', '["/start"]'));
const forgotten = made("a static page without its line", String(route?.code).replace('["/"]', '["/end"]'));

const problems = compile([...examples, intact, second, forgotten, ...planted], {
  [PAGES]: pages.replace(line, `${line}\n${secondLine}`),
});

test("the documents have their examples", () => {
  const counted = (document: string) => examples.filter(({ name }) => name.startsWith(document)).length;
  expect(counted("EXAMPLES.md")).toBeGreaterThanOrEqual(12);
  expect(counted("README.md")).toBeGreaterThanOrEqual(1);
});

test.each(examples.map(({ name }) => name))("%s compiles", (name) => {
  expect(problems.get(name)).toEqual([]);
});

test("the example of static pages declares them as the application does", () => {
  const [, declared = ""] = declaration?.code.split(/^(?=export )/m) ?? [];
  expect(pages).toContain(declared.trim());
});

test("followed for a second static page it compiles, and without its line it does not", () => {
  expect(secondLine).toContain('"/start"');
  expect(problems.get(second.name)).toEqual([]);
  expect(problems.get(forgotten.name)).not.toEqual([]);
});

test("an example without a mistake passes", () => {
  expect(problems.get(intact.name)).toEqual([]);
});

test.each(planted.map(({ name }) => name))("%s would be found", (name) => {
  expect(problems.get(name)).not.toEqual([]);
});
