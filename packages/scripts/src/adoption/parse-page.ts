/** What a page has somebody do: write a file, or run commands. */
export type Step =
  | { kind: "file"; section: string; file: string; text: string }
  | { kind: "commands"; section: string; text: string };

const FENCE = /^```(\w+)\n([\s\S]*?)^```$/m;
const NAMED = /^(?:\/\/|--|#) (\S+)\n/;

/**
 * Reads the blocks of a page in their order, each with the heading that it stands under. A block without a file's name
 * in its first line is no step, unless it is of commands.
 */
export function parsePage(markdown: string): Step[] {
  const steps: Step[] = [];
  let section = "";
  for (const [, heading, block] of markdown.matchAll(/^#{1,3} (.+)$|^(```\w+\n[\s\S]*?^```)$/gm)) {
    if (heading !== undefined) section = heading;
    if (block !== undefined) steps.push(...stepOf(block, section));
  }
  return steps;
}

function stepOf(block: string, section: string): Step[] {
  const [, language = "", text = ""] = FENCE.exec(block) ?? [];
  if (language === "sh") return [{ kind: "commands", section, text }];
  const [head = "", file] = NAMED.exec(text) ?? [];
  return file === undefined ? [] : [{ kind: "file", section, file, text: text.slice(head.length) }];
}
