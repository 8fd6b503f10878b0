import fs from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../../../..");

/** A block of code in a document of this module. */
export interface Block {
  /** Where it stands, for whoever has to mend it. */
  name: string;
  /** The heading above it. */
  heading: string;
  /** The file that its first line names, relative to the checkout. */
  file: string;
  extension: string;
  code: string;
}

export function blocksOf(document: string): Block[] {
  const markdown = fs.readFileSync(path.join(import.meta.dirname, "..", document), "utf8");
  return [...markdown.matchAll(/^```(tsx?)\n([\s\S]*?)^```$/gm)].map(
    ({ 1: extension = "", 2: code = "", index }) => {
      const above = markdown.slice(0, index);
      const heading =
        above
          .match(/^#+ .+$/gm)
          ?.at(-1)
          ?.replace(/^#+ /, "") ?? "";
      return block({ code, extension, heading, name: `${document}:${above.split("\n").length}` });
    },
  );
}

export function block(given: Omit<Block, "file">): Block {
  const file = /^\/\/ (\S+\/[^/\s]+\.tsx?)$/m.exec(given.code)?.[1];
  if (file === undefined)
    throw new Error(`The block at ${given.name} does not begin with the path of its file.`);
  return { ...given, file };
}

/** The blocks of one example, as modules that can be imported until `remove` is called. */
export function createExamples(document: string): {
  /** @throws where there is no such block */
  load<Module>(heading: string, index?: number): Promise<Module>;
  /** The examples that were loaded. */
  loaded: Set<string>;
  remove(): void;
} {
  const blocks = blocksOf(document);
  // Inside of the checkout, or packages would not be found from there; where no tool looks.
  const data = path.join(root, ".data");
  fs.mkdirSync(data, { recursive: true });
  const dir = fs.mkdtempSync(path.join(data, "examples-"));
  const loaded = new Set<string>();
  return {
    loaded,
    async load<Module>(heading: string, index = 0): Promise<Module> {
      const found = blocks.filter((candidate) => candidate.heading === heading)[index];
      if (found === undefined) throw new Error(`${document} has no block ${index} under "${heading}".`);
      const file = path.join(dir, `${found.name.replaceAll(/\W+/g, "-")}.${found.extension}`);
      fs.writeFileSync(file, withAbsoluteImports(found));
      loaded.add(found.name);
      return (await import(/* @vite-ignore */ file)) as Module;
    },
    remove: () => fs.rmSync(dir, { recursive: true, force: true }),
  };
}

/** What lies beside the file that the block would be. */
function withAbsoluteImports({ code, file }: Block): string {
  const dir = path.join(root, path.dirname(file));
  return code.replaceAll(/from "(\.{1,2}\/[^"]+)"/g, (_, specifier) => `from "${path.join(dir, specifier)}"`);
}
