import fs from "node:fs";
import path from "node:path";
import { root } from "../lib/paths";

/** A command of this repository as a document prints it: the name of the script, and what stands behind it. */
export interface PrintedCommand {
  document: string;
  /** As in `npm run <name>`. */
  name: string;
  args: string[];
}

/** Those of blocks for the shell and those within a sentence, with all that they print behind `--`. */
export function printedCommandsOf(document: string): PrintedCommand[] {
  const text = fs.readFileSync(path.join(root, document), "utf8");
  const blocks = [...text.matchAll(/^( *)```sh\n([\s\S]*?)^\1```$/gm)].map(([, , code = ""]) => code);
  const prose = text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, "");
  const lines = [
    ...blocks.flatMap((code) => code.replaceAll(/\\\n\s*/g, "").split("\n")),
    ...[...prose.matchAll(/`(npm [^`]+)`/g)].map(([, code = ""]) => code),
  ];
  return lines.flatMap((line) => {
    const [, name, behind = ""] =
      /(?:^|\s)npm (?:run (?:--silent )?)?([\w-]+)((?: -- [^#]*)?)/.exec(line) ?? [];
    return name === undefined ? [] : [{ document, name, args: argumentsOf(behind) }];
  });
}

/** Places for something of one's own stay as they are, and what may be left out is given. */
function argumentsOf(behind: string): string[] {
  return behind
    .replace(/^ -- /, "")
    .replace(/ > .*/, "")
    .replaceAll(/[[\]…]/g, "")
    .split(/\s+/)
    .filter((word) => word !== "");
}
