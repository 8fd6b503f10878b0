import path from "node:path";
import ts from "typescript";

const folder = path.resolve(import.meta.dirname, "..");

/** What doors of this module hand out, values and types alike. */
export interface Doors {
  exportsOf(door: string): string[];
  /** The public members of a class or an interface. @throws where the door hands out none of that name */
  membersOf(door: string, name: string): string[];
  /** The public methods of each of its services, as `service.method`. */
  methodsOf(door: string, name: string): string[];
}

export function readDoors(doors: readonly string[]): Doors {
  const root = path.resolve(folder, "../../..");
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const files = doors.map((door) => path.join(folder, door));
  const settings = { ...options, types: [], incremental: false, tsBuildInfoFile: undefined };
  const program = ts.createProgram(files, settings);
  const checker = program.getTypeChecker();
  const symbolsOf = (door: string): ts.Symbol[] => {
    const source = program.getSourceFile(path.join(folder, door));
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`There is no door ${door}.`);
    return checker.getExportsOfModule(module);
  };
  const typeOf = (door: string, name: string): ts.Type => {
    const symbol = symbolsOf(door).find((exported) => exported.name === name);
    if (symbol === undefined) throw new Error(`${door} hands out no ${name}.`);
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return checker.getDeclaredTypeOfSymbol(isAlias ? checker.getAliasedSymbol(symbol) : symbol);
  };
  return {
    exportsOf: (door) =>
      symbolsOf(door)
        .map(({ name }) => name)
        .sort(),
    membersOf: (door, name) => publicNames(typeOf(door, name)).sort(),
    methodsOf: (door, name) =>
      typeOf(door, name)
        .getProperties()
        .flatMap((service) =>
          publicNames(checker.getTypeOfSymbol(service)).map((method) => `${service.name}.${method}`),
        )
        .sort(),
  };
}

function publicNames(type: ts.Type): string[] {
  return (
    type
      .getProperties()
      .map((property) => property.name)
      // The compiler's own names of what is private.
      .filter((member) => !member.startsWith("#") && !member.startsWith("__"))
  );
}
