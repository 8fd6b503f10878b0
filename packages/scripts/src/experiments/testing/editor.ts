import path from "node:path";
import ts from "typescript";
import { root } from "../../lib/paths";

/** What the compiler and an editor say of code in `apps/web`, under the settings of this repository. Nothing is written. */
export interface Editor {
  /** The compiler's complaints about `code`, with `declaration` as the application's declaration file. */
  problemsOf(declaration: string, code: string): string[];
  /** What is offered where `code` says HERE; what is struck through says so. */
  completionsIn(declaration: string, code: string): string[];
}

const codeFile = path.join(root, "apps/web/modules/an-example.tsx");
const declarationFile = path.join(root, "apps/web/types/an-example.d.ts");

export function createEditor(): Editor {
  const files = new Map<string, { text: string; version: number }>();
  const service = ts.createLanguageService(hostOf(files));
  const put = (file: string, text: string): void => {
    const { version = 0, text: old } = files.get(file) ?? {};
    if (text !== old) files.set(file, { text, version: version + 1 });
  };
  return {
    problemsOf(declaration, code) {
      put(declarationFile, declaration);
      put(codeFile, code);
      return [declarationFile, codeFile]
        .flatMap((file) => [
          ...service.getSyntacticDiagnostics(file),
          ...service.getSemanticDiagnostics(file),
        ])
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
    },
    completionsIn(declaration, code) {
      put(declarationFile, declaration);
      put(codeFile, code.replace("HERE", ""));
      const { entries = [] } =
        service.getCompletionsAtPosition(codeFile, code.indexOf("HERE"), {
          includeCompletionsWithInsertText: false,
        }) ?? {};
      return entries
        .map(({ name, kindModifiers }) =>
          kindModifiers?.includes("deprecated") ? `${name} (deprecated)` : name,
        )
        .sort();
    },
  };
}

function hostOf(files: Map<string, { text: string; version: number }>): ts.LanguageServiceHost {
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const read = (file: string) => files.get(file)?.text ?? ts.sys.readFile(file);
  return {
    // Without Next's own types, which have nothing to do with experiments and take seconds.
    getCompilationSettings: () => ({
      ...options,
      types: ["node"],
      incremental: false,
      tsBuildInfoFile: undefined,
    }),
    getScriptFileNames: () => [...files.keys()],
    getScriptVersion: (file) => String(files.get(file)?.version ?? 0),
    getScriptSnapshot: (file) => {
      const text = read(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => files.has(file) || ts.sys.fileExists(file),
    readFile: read,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
}
