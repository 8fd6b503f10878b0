import path from "node:path";
import ts from "typescript";

/** Sources by their path from the top of the checkout, such as `packages/lib/env.ts`. */
export type Sources = ReadonlyMap<string, string>;

export interface Arrow {
  from: string;
  to: string;
  /** One import that draws it. */
  because: string;
}

const EXTENSIONS = ["", ".ts", ".tsx", ".mts", "/index.ts", "/index.tsx"];
const UNIT_TEST = /\.(test|spec)\.tsx?$|\.test-d\.ts$/;
const NOT_SHIPPED = new RegExp(`${UNIT_TEST.source}|(^|/)(testing|examples|playwright)/`);

/** Folders of a module that hold sources. Tests and their tools, examples and components are not counted. */
export function findRooms(sources: Sources, module: string): string[] {
  return [...new Set(filesInRooms(sources, module).map((file) => roomOf(file, module)))].sort();
}

/** An arrow for each two rooms of which some file of the one imports some file of the other. */
export function findArrows(sources: Sources, module: string): Arrow[] {
  const counted = new Set(filesInRooms(sources, module));
  const arrows = new Map<string, Arrow>();
  for (const file of counted) {
    for (const imported of findImports(sources, file)) {
      if (!counted.has(imported)) continue;
      const [from, to] = [roomOf(file, module), roomOf(imported, module)];
      if (from !== to) arrows.set(`${from} ${to}`, { from, to, because: `${file} imports ${imported}` });
    }
  }
  return [...arrows.values()];
}

/** Arrows that point to a later room of the order. Throws for a room that has no place in it. */
export function findTurningBack(arrows: readonly Arrow[], order: readonly string[]): Arrow[] {
  const rank = (room: string): number => {
    const at = order.indexOf(room);
    if (at < 0) throw new Error(`The room ${room} has no place in the order: give it one.`);
    return at;
  };
  return arrows.filter(({ from, to }) => rank(to) > rank(from));
}

export interface Lengths {
  /** Of the files that are shipped. */
  p90: number;
  /** Those that are longer than allowed. Tests in the browser count too; only tables of unit tests may be longer. */
  longest: { file: string; lines: number }[];
}

/** Lines of files. */
export function measureLengths(sources: Sources, limit: number): Lengths {
  const lengths = [...sources]
    .filter(([file]) => !UNIT_TEST.test(file))
    .map(([file, text]) => ({ file, lines: text.trimEnd().split("\n").length }))
    .sort((a, b) => a.lines - b.lines);
  const shipped = lengths.filter(({ file }) => !NOT_SHIPPED.test(file));
  return {
    p90: shipped[Math.ceil(shipped.length * 0.9) - 1]?.lines ?? 0,
    longest: lengths.filter(({ lines }) => lines > limit),
  };
}

function filesInRooms(sources: Sources, module: string): string[] {
  return [...sources.keys()].filter(
    (file) =>
      file.startsWith(`${module}/`) && !NOT_SHIPPED.test(file) && !file.startsWith(`${module}/components/`),
  );
}

function roomOf(file: string, module: string): string {
  return path.posix.relative(module, path.posix.dirname(file)) || ".";
}

function findImports(sources: Sources, file: string): string[] {
  return findSpecifiers(sources.get(file) ?? "").flatMap((specifier) => {
    if (!specifier.startsWith(".")) return [];
    const target = path.posix.join(path.posix.dirname(file), specifier);
    const found = EXTENSIONS.map((extension) => target + extension).find((name) => sources.has(name));
    return found === undefined ? [] : [found];
  });
}

function findSpecifiers(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}
