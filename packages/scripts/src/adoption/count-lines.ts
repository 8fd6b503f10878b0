import { runCommands } from "./follow-page";

/** Remembers an application as it is, so that what is added can be counted. */
export async function remember(dir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const who = "-c user.name=host -c user.email=host@host.example";
  await runCommands(dir, `git init -q && git add -A && git ${who} commit -qm before`, env);
}

/** The lines that a person has written since then: added and not empty. What "init" wrote is not theirs. */
export async function countLines(dir: string, env: NodeJS.ProcessEnv): Promise<number> {
  const changes = await runCommands(
    dir,
    "{ git add -AN && git diff --unified=0 -- . ':!*_experiments_0*' ':!*/meta/*' ':!package.json'; } 2>/dev/null",
    env,
  );
  return changes.split("\n").filter((line) => /^\+(?!\+\+ )\s*\S/.test(line)).length;
}
