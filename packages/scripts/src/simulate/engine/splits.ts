import { atMost, type Check, check, type Group, near, type Simulation, shareOf } from "./check";
import { analyseSplit, type Random } from "./internals";

const UNITS = 20_000;

/** Whether a split that is off is noticed, and one that is not is left alone. */
export const splits: Group = {
  name: "split",
  run: (simulation) => [alarms(simulation), dailyAlarms(simulation), ...mismatch(simulation)],
};

function alarms({ random, runs }: Simulation): Check {
  const count = runs(80_000);
  const share = shareOf(count, () => once(random, 0.5) < 0.001);
  return near("srm-false-alarms", "false alarms of chi-square at 0.001", share, 0.001, count);
}

/** The banner's test is read every day. */
function dailyAlarms({ random, runs }: Simulation): Check {
  const count = runs(20_000);
  const share = shareOf(count, () => {
    const units = { control: 0, urgent: 0 };
    let p = 1;
    for (let day = 0; day < 28; day++) {
      add(units, random, UNITS / 28, 0.5);
      p = look(units, p).p;
    }
    return p < 0.001;
  });
  return atMost("srm-sequential-false-alarms", "false alarms in 28 daily looks", share, 0.001, count);
}

function mismatch({ random, runs }: Simulation): Check[] {
  const count = runs(5_000);
  const atOnce = shareOf(count, () => once(random, 0.52) < 0.001);
  const watched = shareOf(count, () => {
    const units = { control: 0, urgent: 0 };
    add(units, random, 2 * UNITS, 0.52);
    return look(units, 1).status === "off";
  });
  return [
    check("srm-power", "52/48 of 20,000 is noticed by chi-square", atOnce, 0.98, 1),
    check("srm-sequential-power", "52/48 of 40,000 is noticed by the test of every day", watched, 0.98, 1),
  ];
}

interface Units extends Record<string, number> {
  control: number;
  urgent: number;
}

function add(units: Units, random: Random, more: number, share: number): void {
  const count = Math.round(more);
  const urgent = random.binomial(count, share);
  units.urgent += urgent;
  units.control += count - urgent;
}

function look(units: Units, previousP: number) {
  const split = [{ epoch: 1, weights: { control: 50, urgent: 50 }, units: { ...units } }];
  return analyseSplit({ split, variants: ["control", "urgent"] }, { smallestSplitP: previousP });
}

function once(random: Random, share: number): number {
  const units = { control: 0, urgent: 0 };
  add(units, random, UNITS, share);
  const { once } = look(units, 1);
  return once.method === null ? 1 : once.p;
}
