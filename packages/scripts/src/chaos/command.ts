import { Command, InvalidArgumentError } from "commander";
import { buildWeb } from "../lib/web-build";
import { wholeNumber } from "../simulate/options";
import { endInSeconds } from "./deadline";
import { writeTable } from "./document";
import { describe, formatTable } from "./report";
import { runScenarios } from "./run-scenarios";
import { isMet, type Pace, type Scenario } from "./scenario";
import { SCENARIOS } from "./scenarios/all";

interface Options {
  quick?: boolean;
  only?: Scenario[];
  list?: boolean;
  soak: number;
  write?: boolean;
}

export const chaosCommand = () =>
  new Command("chaos")
    .description(
      "Breaks servers and databases under traffic, and compares what was answered with what is stored.",
    )
    .option("--quick", "some of the faults in a minute, without judging times")
    .option("--only <names>", "some scenarios, such as node-killed,database-hung", scenariosIn)
    .option("--list", "names the scenarios and runs none")
    .option("--soak <minutes>", "how long the soak lasts", wholeNumber, 30)
    .option("--write", "puts the figures into docs/reliability.md")
    .action(async ({ quick = false, only, list, soak, write }: Options) => {
      if (list) {
        for (const { name, fault, isQuick } of SCENARIOS)
          console.log(`${name.padEnd(20)} ${isQuick ? "quick" : "     "}  ${fault}`);
        return;
      }
      const chosen = only ?? SCENARIOS.filter(({ isQuick }) => isQuick || !quick);
      const pace: Pace = { isQuick: quick, soakMinutes: soak };
      await buildWeb(() => console.log("Building (about a minute) …"));
      const outcomes = await runScenarios(chosen, pace, (outcome) => console.log(describe(outcome, pace)));
      if (write) writeTable("chaos", (before) => formatTable(SCENARIOS, outcomes, before));
      const missed = outcomes.filter((outcome) => !isMet(outcome, pace));
      console.log(
        missed.length === 0
          ? `\nAll ${outcomes.length} promises were kept.`
          : `\n${missed.length} of ${outcomes.length} promises were broken.`,
      );
      if (missed.length > 0) process.exitCode = 1;
      endInSeconds(10);
    });

function scenariosIn(text: string): Scenario[] {
  return text.split(",").map((name) => {
    const found = SCENARIOS.find((one) => one.name === name);
    if (found === undefined)
      throw new InvalidArgumentError(
        `There is no scenario "${name}"; there are ${SCENARIOS.map((one) => one.name).join(", ")}.`,
      );
    return found;
  });
}
