import path from "node:path";
import ts from "typescript";
import { type Block, root } from "../examples/blocks";

export interface Example {
  /** Where the block stands, for whoever has to mend it. */
  name: string;
  /** A file that is not there, in the folder that the block's first line names. */
  file: string;
  code: string;
}

export function exampleOf({ name, code, file, extension }: Block): Example {
  const place = path.join(root, path.dirname(file));
  return { name, code, file: path.join(place, `${name.replaceAll(/\W+/g, "-")}.example.${extension}`) };
}

/**
 * What the compiler says of each, under the settings of the whole tree. Nothing is written: other tools read the tree.
 *
 * @param changed files of the checkout, by their paths in it, as they would be
 */
export function compile(all: Example[], changed: Record<string, string> = {}): Map<string, string[]> {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(root, "tsconfig.json"),
    { incremental: false, tsBuildInfoFile: undefined },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => fail([diagnostic]) },
  );
  if (config === undefined) throw new Error("There is no tsconfig.json.");
  const codes = new Map([
    ...all.map(({ file, code }) => [file, code] as const),
    ...Object.entries(changed).map(([file, code]) => [path.join(root, file), code] as const),
  ]);
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
