import fs from "node:fs";
import path from "node:path";
import { bin, root } from "../lib/paths";
import { runNode } from "../lib/processes";
import { withinHost } from "./open-doors";
import type { Written } from "./write-package";

const DOCUMENT = path.join(root, "docs/packages.md");
/** What the page leaves to its reader. */
const YOURS = {
  "your-session.ts":
    "export declare function yourSession(headers: Pick<Headers, 'get'>): Promise<{ userId: number } | null>;",
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

/** Reads the code of the document against the types of the package. Returns what the compiler says. */
export function compileExamples(written: Written): Promise<string[]> {
  const blocks = readBlocks(fs.readFileSync(DOCUMENT, "utf8"));
  const own = blocks.filter(({ code }) => code.includes(`"${written.recipe.name}`));
  if (own.length === 0) return Promise.resolve([]);
  return withinHost(written, async (host) => {
    const files = { ...YOURS, ...Object.fromEntries(blocks.map(({ file, code }) => [file, code])) };
    for (const [file, code] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(host, file)), { recursive: true });
      const named = code.replaceAll(`from "${written.recipe.name}`, `from "${written.name}`);
      fs.writeFileSync(path.join(host, file), named);
    }
    fs.writeFileSync(
      path.join(host, "tsconfig.json"),
      JSON.stringify({ ...SETTINGS, files: Object.keys(files) }),
    );
    const { code, output } = await runNode([bin("typescript-native/bin/tsc"), "--project", host], {
      cwd: host,
    });
    return code === 0 ? [] : output.trim().split("\n");
  });
}

/** Those of TypeScript. The first line names the file that each would be. */
export function readBlocks(markdown: string): { file: string; code: string }[] {
  return [...markdown.matchAll(/^```tsx?\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)].map(
    ([, file = "", code = ""]) => ({
      file,
      code,
    }),
  );
}
