import fs from "node:fs";
import path from "node:path";
import { bin, root } from "../lib/paths";
import { runNode } from "../lib/processes";
import { withinHost } from "./open-doors";
import type { Written } from "./write-package";

export const DOCUMENTS = ["INSTALL.md", "docs/packages.md"];
/** What the pages leave to their readers. */
const YOURS = {
  "lib/session.ts": `export type UserId = string;
    export declare function currentUserId(headers: Pick<Headers, "get">): Promise<UserId | null>;`,
  // Generated from a schema of theirs.
  "lib/prisma.ts":
    "export declare const prisma: { $transaction(run: (tx: any) => Promise<void>): Promise<void> };",
  // As Next declares them.
  "styles.d.ts": 'declare module "*.css";',
  "lib/database.ts": 'import type pg from "pg";\nexport declare const pool: pg.Pool;',
};
const SETTINGS = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: "ES2023",
    lib: ["ES2023", "DOM"],
    module: "preserve",
    moduleResolution: "bundler",
    jsx: "react-jsx",
    types: ["node"],
    // Declarations of the package are read as a whole, and those of npm's packages are their own.
    skipLibCheck: true,
  },
};

/** Reads the code of the documents against the types of the package. Returns what the compiler says. */
export function compileExamples(written: Written): Promise<string[]> {
  const documents = DOCUMENTS.map((file) => readBlocks(fs.readFileSync(path.join(root, file), "utf8")));
  const isNamed = ({ code }: Block) => code.includes(`"${written.recipe.name}`);
  if (!documents.flat().some(isNamed)) return Promise.resolve([]);
  return withinHost(written, async (host) => {
    // Where a page leaves a choice, one application takes what stands first, and one what stands last.
    const applications = documents.flatMap((blocks) => [blocks.toReversed(), blocks]);
    const files = applications.flatMap((blocks, index) =>
      writeApplication(host, `app-${index}`, blocks, written),
    );
    fs.writeFileSync(path.join(host, "tsconfig.json"), JSON.stringify({ ...SETTINGS, files }));
    const { code, output } = await runNode([bin("typescript-native/bin/tsc"), "--project", host], {
      cwd: host,
    });
    return code === 0 ? [] : output.trim().split("\n");
  });
}

function writeApplication(
  host: string,
  folder: string,
  blocks: Block[],
  { name, recipe }: Written,
): string[] {
  const files = { ...YOURS, ...Object.fromEntries(blocks.map(({ file, code }) => [file, code])) };
  return Object.entries(files).map(([file, code]) => {
    const target = path.join(folder, file);
    fs.mkdirSync(path.dirname(path.join(host, target)), { recursive: true });
    fs.writeFileSync(path.join(host, target), code.replaceAll(`from "${recipe.name}`, `from "${name}`));
    return target;
  });
}

interface Block {
  file: string;
  code: string;
}

/** Those of TypeScript. The first line names the file that each would be. */
export function readBlocks(markdown: string): Block[] {
  return [...markdown.matchAll(/^```tsx?\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)].map(
    ([, file = "", code = ""]) => ({ file, code }),
  );
}
