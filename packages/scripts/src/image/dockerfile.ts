import { ScriptError } from "@calcom/lib/script-error";

export type Step =
  | { kind: "workdir"; path: string }
  | { kind: "env"; values: Record<string, string> }
  | { kind: "copy"; from: string | null; sources: string[]; target: string }
  | { kind: "run"; command: string }
  | { kind: "user"; name: string }
  | { kind: "healthcheck"; command: string[] }
  | { kind: "cmd"; command: string[] };

export interface StageOfImage {
  name: string;
  /** The image that it begins with. */
  base: string;
  steps: Step[];
}

/**
 * Reads the part of a Dockerfile's language that ours uses.
 *
 * @throws ScriptError for anything else: what is not understood must not be passed over
 */
export function parseDockerfile(text: string): StageOfImage[] {
  const stages: StageOfImage[] = [];
  const globals: Record<string, string> = {};
  for (const line of logicalLines(text)) {
    const [, instruction = "", rest = ""] = /^([A-Z]+)\s+(.*)$/s.exec(line) ?? [];
    if (instruction === "FROM") {
      const [, base = "", name = String(stages.length)] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
      stages.push({ name, base: expand(base, globals), steps: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined && instruction === "ARG") Object.assign(globals, pairs(rest));
    else if (stage === undefined) throw new ScriptError(`The Dockerfile begins with "${line}".`);
    else stage.steps.push(...stepsOf(instruction, rest));
  }
  return stages;
}

function stepsOf(instruction: string, rest: string): Step[] {
  switch (instruction) {
    case "WORKDIR":
      return [{ kind: "workdir", path: rest }];
    case "ENV":
      return [{ kind: "env", values: pairs(rest) }];
    case "COPY":
      return [copyOf(rest)];
    case "RUN":
      return [{ kind: "run", command: rest }];
    case "USER":
      return [{ kind: "user", name: rest }];
    case "EXPOSE":
      return [];
    case "HEALTHCHECK":
      return [{ kind: "healthcheck", command: listOf(rest.replace(/^.*?\bCMD\s+/s, "")) }];
    case "CMD":
      return [{ kind: "cmd", command: listOf(rest) }];
    default:
      throw new ScriptError(`The Dockerfile has an instruction that is not understood here: ${instruction}.`);
  }
}

function copyOf(rest: string): Step {
  const words = rest.split(/\s+/);
  const flags = words.filter((word) => word.startsWith("--"));
  const paths = words.filter((word) => !word.startsWith("--"));
  const from = flags.find((flag) => flag.startsWith("--from="))?.slice("--from=".length) ?? null;
  const target = paths.at(-1) ?? "";
  return { kind: "copy", from, sources: paths.slice(0, -1), target };
}

/** Only the form of a list: of a shell's, signals do not reach the program. */
function listOf(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every((word) => typeof word === "string")) return list;
  } catch {
    // Said below.
  }
  throw new ScriptError(`Write the command as a list, so that signals reach it: ${text}`);
}

function pairs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/(\w+)=(\S*)/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

function expand(text: string, values: Record<string, string>): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function logicalLines(text: string): string[] {
  const withoutComments = text.replaceAll(/^\s*#.*$/gm, "");
  return withoutComments
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
