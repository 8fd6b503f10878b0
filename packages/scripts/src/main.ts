import { ScriptError } from "@calcom/lib/script-error";
import { runCommand } from "./lib/run-command";

type Command = (args: string[]) => Promise<void>;

const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import("./start")).start,
  dev: async () => (await import("./dev")).dev,
  build: async () => (await import("./build")).build,
  migrate: async () => (await import("./migrate")).migrate,
  serve: async () => (await import("./serve")).serve,
  test: async () => (await import("./test")).test,
  check: async () => (await import("./check")).check,
  pack: async () => (await import("./pack/command")).pack,
  adoption: async () => (await import("./adoption/command")).adoption,
  image: async () => (await import("./image/command")).imageCommand,
  experiments: async () => (await import("./experiments/command")).experimentsCommand,
  simulate: async () => (await import("./simulate")).simulate,
  chaos: async () => (await import("./chaos")).chaos,
  attack: async () => (await import("./attack")).attack,
  load: async () => (await import("./load")).load,
  screenshots: async () => (await import("./screenshots")).screenshots,
  "create-admin": async () => (await import("./create-admin")).createAdminCommand,
  generate: async () => async () => console.log("The Prisma client matches the schema."),
};

/** Runs one of the commands above. */
export async function main([name = "", ...args]: string[]): Promise<void> {
  const load = commands[name];
  if (load === undefined) {
    throw new ScriptError(`There is no command "${name}"; there are ${Object.keys(commands).join(", ")}.`);
  }
  await runCommand(async () => (await load())(args));
}
