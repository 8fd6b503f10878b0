import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { root } from "../../lib/paths";

/** What a name stands for: expressions that the caller reads further, in the file that they stand in. */
export type Lookup = (name: string) => ts.Expression | undefined;

const options = compilerOptions();

/** Finds constants of a file, and those that it imports from files of this repository. */
export function constantsOf(source: ts.SourceFile): Lookup {
  const own = declaredIn(source);
  return (name) => own.get(name) ?? imported(source, name);
}

function declaredIn(source: ts.SourceFile): Map<string, ts.Expression> {
  const found = new Map<string, ts.Expression>();
  const ambiguous = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && isConst(node)) {
      if (found.has(node.name.text)) ambiguous.add(node.name.text);
      else if (node.initializer !== undefined) found.set(node.name.text, node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  // Two of one name in different scopes: better to say that it was not read than to read the wrong one.
  for (const name of ambiguous) found.delete(name);
  return found;
}

function isConst({ parent }: ts.VariableDeclaration): boolean {
  return ts.isVariableDeclarationList(parent) && (parent.flags & ts.NodeFlags.Const) !== 0;
}

function imported(source: ts.SourceFile, name: string): ts.Expression | undefined {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const { namedBindings } = statement.importClause ?? {};
    if (namedBindings === undefined || !ts.isNamedImports(namedBindings)) continue;
    const element = namedBindings.elements.find((binding) => binding.name.text === name);
    if (element === undefined) continue;
    const file = resolved(statement.moduleSpecifier.text, source.fileName);
    return file === undefined
      ? undefined
      : declaredIn(parse(file)).get((element.propertyName ?? element.name).text);
  }
  return undefined;
}

function resolved(specifier: string, from: string): string | undefined {
  const { resolvedModule } = ts.resolveModuleName(specifier, from, options, ts.sys);
  const file = resolvedModule?.resolvedFileName;
  return file === undefined || file.includes(`${path.sep}node_modules${path.sep}`) ? undefined : file;
}

export function parse(file: string, text: string = fs.readFileSync(file, "utf8")): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** The compiler options of the repository, whose `paths` resolve `@/`. */
function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
  return ts.convertCompilerOptionsFromJson(config.compilerOptions, root).options;
}
