import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import type { Step } from "./parse-page";

/** Does what the steps say, in an application's folder. */
export async function followSteps(
  dir: string,
  steps: readonly Step[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  for (const step of steps) {
    if (step.kind === "commands") await runCommands(dir, step.text, env);
    else {
      fs.mkdirSync(path.dirname(path.join(dir, step.file)), { recursive: true });
      fs.writeFileSync(path.join(dir, step.file), step.text);
    }
  }
}

/** Runs commands as a shell does. Returns what they wrote; fails with all that they said. */
export async function runCommands(dir: string, commands: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn("/bin/sh", ["-exc", commands], { cwd: dir, env, stdio: ["ignore", "pipe", "pipe"] });
  const said: Buffer[] = [];
  const all: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => {
    said.push(chunk);
    all.push(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => all.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0)
    throw new ScriptError(
      `A step failed with ${code} in ${dir}:\n${Buffer.concat(all).toString().slice(-8_000)}`,
    );
  return Buffer.concat(said).toString();
}
