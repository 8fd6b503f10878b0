import { Command } from "commander";
import { describe, expect, test, vi } from "vitest";
import { main } from "./main";
import { documents } from "./testing/documents";
import { printedCommandsOf } from "./testing/printed-commands";

const printed = documents
  .flatMap(printedCommandsOf)
  .filter(({ name, args }) => args.length > 0 && name !== "bench");

/** What the command says to its arguments; what it would do is left out. */
async function complaintOf(name: string, args: string[]): Promise<string> {
  const said: string[] = [];
  const { action } = Command.prototype;
  vi.spyOn(Command.prototype, "action").mockImplementation(function (this: Command) {
    return action.call(this, () => {});
  });
  vi.spyOn(console, "error").mockImplementation((text) => void said.push(String(text)));
  const { exitCode } = process;
  await main([name, ...args]);
  process.exitCode = exitCode;
  return said.join("\n");
}

test("documents print commands of the README, of CONTRIBUTING and of the module", () => {
  const commands = printed.map(({ name, args }) => [name, ...args].join(" "));
  expect(commands).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^simulate traffic --experiment landing-hero-test .+ --rate .+ --days \d+$/),
      "experiments types",
      "create-admin --email ada@example.com --name Ada",
      "chaos --only node-killed,restore",
    ]),
  );
});

describe("a printed command is taken as it is printed", { timeout: 180_000 }, () => {
  test.each(printed.map((command) => [[command.name, ...command.args].join(" "), command] as const))(
    "%s",
    async (_, { name, args }) => {
      const complaint = await complaintOf(name, args);
      // In a sentence a command is named without what it is for.
      if (args.length === 1) expect(complaint).toMatch(/^$|^missing required argument|^required option/);
      else expect(complaint).toBe("");
    },
  );

  test.each([
    ["experiments", ["typo"]],
    ["experiments", ["types", "--chekc"]],
    ["simulate", ["traffic", "--experiment", "a", "--rate", "control=ten"]],
    ["test", ["--only", "unti"]],
  ])("and %s %j would be found", async (name, args) => {
    expect(await complaintOf(name, args)).not.toBe("");
  });
});
