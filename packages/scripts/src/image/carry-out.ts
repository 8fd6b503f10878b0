import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { postgresUser } from "@calcom/embedded-postgres/postgres-user";
import { ScriptError } from "@calcom/lib/script-error";
import type { StageOfImage } from "./dockerfile";

/** A folder that stands for an image: what the steps of one stage have made of it. */
export interface MadeStage {
  dir: string;
  workdir: string;
  env: Record<string, string>;
  cmd: string[];
  healthcheck: string[];
}

export interface CarryOutOptions {
  /** Where the stages get their folders. */
  dir: string;
  /** What Docker would be given, and what of it is left out. */
  context: string;
  isIgnored: (path: string) => boolean;
}

/** Carries the steps of stages out, each in a folder of its own that stands for the root of its file system. */
export async function carryOut(stages: StageOfImage[], options: CarryOutOptions): Promise<MadeStage> {
  const made = new Map<string, MadeStage>();
  let last: MadeStage | undefined;
  for (const [index, stage] of stages.entries()) {
    const dir = path.join(options.dir, String(index));
    last = { dir, workdir: dir, env: {}, cmd: [], healthcheck: [] };
    makeOwned(dir);
    for (const step of stage.steps) {
      console.log(`[${stage.name}] ${describe(step)}`);
      if (step.kind === "workdir") {
        last.workdir = path.join(dir, step.path);
        makeOwned(last.workdir);
      } else if (step.kind === "env") Object.assign(last.env, step.values);
      else if (step.kind === "cmd") last.cmd = step.command;
      else if (step.kind === "healthcheck") last.healthcheck = step.command;
      else if (step.kind === "run") await run(last, step.command, options.dir);
      else if (step.kind === "copy") copy(step, last, made, options);
    }
    made.set(stage.name, last);
  }
  if (last === undefined) throw new ScriptError("The Dockerfile has no stage.");
  return last;
}

function describe({ kind, ...step }: StageOfImage["steps"][number]): string {
  return `${kind.toUpperCase()} ${Object.values(step)
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
    .join(" ")}`;
}

function copy(
  { from, sources, target }: Extract<StageOfImage["steps"][number], { kind: "copy" }>,
  stage: MadeStage,
  made: Map<string, MadeStage>,
  { context, isIgnored }: CarryOutOptions,
): void {
  const source = from === null ? context : made.get(from)?.dir;
  if (source === undefined)
    throw new ScriptError(`The Dockerfile copies from a stage that is not there: ${from}.`);
  const to = path.resolve(stage.workdir, target);
  for (const one of sources) {
    fs.cpSync(path.join(source, one), to, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => from !== null || file === context || !isIgnored(path.relative(context, file)),
    });
  }
  own(to);
}

async function run(stage: MadeStage, command: string, home: string): Promise<void> {
  const child = spawnIn(stage, ["/bin/sh", "-ec", command], { HOME: path.join(home, "home") });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0)
    throw new ScriptError(`A step of the Dockerfile failed (exit code ${code}): RUN ${command}`);
}

/** Runs a program as a user without rights, with the environment of the image and no other. */
export function spawnIn(
  { workdir, env }: Pick<MadeStage, "workdir" | "env">,
  [program = "", ...args]: string[],
  further: Record<string, string> = {},
): ChildProcess {
  if (further.HOME !== undefined) makeOwned(further.HOME);
  const { uid, gid } = postgresUser;
  return spawn(program === "node" ? process.execPath : program, args, {
    cwd: workdir,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "development",
      ...ofTheNetwork(),
      ...env,
      ...further,
    } as NodeJS.ProcessEnv,
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
}

/** How this machine reaches a registry: a daemon would have it of its own. */
function ofTheNetwork(): Record<string, string> {
  const names = /^(npm_config_|https?_proxy$|no_proxy$|NODE_EXTRA_CA_CERTS$|SSL_CERT_FILE$)/i;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      names.test(name) &&
      value !== undefined &&
      !/^npm_config_(prefix|userconfig|globalconfig|cache|local_prefix)$/i.test(name)
        ? [[name, value]]
        : [],
    ),
  );
}

function makeOwned(dir: string): void {
  fs.mkdirSync(dir, { recursive: true });
  chown(dir);
}

function own(file: string): void {
  chown(file);
  if (!fs.lstatSync(file).isDirectory()) return;
  for (const entry of fs.readdirSync(file)) own(path.join(file, entry));
}

function chown(file: string): void {
  const { uid, gid } = postgresUser;
  if (uid !== undefined && gid !== undefined) fs.lchownSync(file, uid, gid);
}
