import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { type Block, block, blocksOf, root } from "./examples/blocks";

interface Example {
  /** Where the block stands, for whoever has to mend it. */
  name: string;
  /** A file that is not there, in the folder that the block's first line names. */
  file: string;
  code: string;
}

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

const problems = compile([...examples, intact, ...planted]);

test("the documents have their examples", () => {
  const counted = (document: string) => examples.filter(({ name }) => name.startsWith(document)).length;
  expect(counted("EXAMPLES.md")).toBeGreaterThanOrEqual(12);
  expect(counted("README.md")).toBeGreaterThanOrEqual(1);
});

test.each(examples.map(({ name }) => name))("%s compiles", (name) => {
  expect(problems.get(name)).toEqual([]);
});

test("an example without a mistake passes", () => {
  expect(problems.get(intact.name)).toEqual([]);
});

test.each(planted.map(({ name }) => name))("%s would be found", (name) => {
  expect(problems.get(name)).not.toEqual([]);
});

function exampleOf({ name, code, file, extension }: Block): Example {
  const place = path.join(root, path.dirname(file));
  return { name, code, file: path.join(place, `${name.replaceAll(/\W+/g, "-")}.example.${extension}`) };
}

/** What the compiler says of each, under the settings of the whole tree. Nothing is written: other tools read the tree. */
function compile(all: Example[]): Map<string, string[]> {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(root, "tsconfig.json"),
    { incremental: false, tsBuildInfoFile: undefined },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => fail([diagnostic]) },
  );
  if (config === undefined) throw new Error("There is no tsconfig.json.");
  const codes = new Map(all.map(({ file, code }) => [file, code]));
  const host = ts.createCompilerHost(config.options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => codes.has(file) || fileExists(file);
  host.readFile = (file) => codes.get(file) ?? readFile(file);
  const declarations = config.fileNames.filter((file) => file.startsWith(path.join(root, "apps/web/types")));
  const program = ts.createProgram([...codes.keys(), ...declarations], config.options, host);
  return new Map(
    all.map(({ name, file }) => {
      const source = program.getSourceFile(file);
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [name, found.map(textOf)];
    }),
  );
}

function textOf({ file, start, messageText }: ts.Diagnostic): string {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
}

function fail(diagnostics: ts.Diagnostic[]): never {
  throw new Error(diagnostics.map(textOf).join("\n"));
}
