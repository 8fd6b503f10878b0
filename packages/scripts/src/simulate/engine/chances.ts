import { type Check, check, type Group, type Simulation } from "./check";
import { compareArms, lookAt, type RateArm, rateArm } from "./samples";

/** What the chance to beat control is worth, and why it decides nothing. */
export const chances: Group = {
  name: "chances",
  run: (simulation) => [calibration(simulation), peeking(simulation)],
};

/** With rates drawn from the prior, 70 % must mean seven of ten. */
function calibration({ random, runs, observe }: Simulation): Check {
  const count = runs(180_000);
  const drawn = Array.from({ length: count }, () => {
    const [rateC, rateT] = [random.uniform(), random.uniform()];
    const input = lookAt(rateArm(random, 20, rateC), rateArm(random, 20, rateT), { hasChances: true });
    const chance = compareArms(input, observe)?.chance?.toBeatControl;
    return chance === undefined || chance === null ? null : { chance, isBetter: rateT > rateC };
  }).filter((one) => one !== null);
  const sorted = drawn.sort((a, b) => a.chance - b.chance);
  const size = Math.floor(sorted.length / 10);
  let worst = 0;
  for (let decile = 0; decile < 10; decile++) {
    const part = sorted.slice(decile * size, (decile + 1) * size);
    const said = part.reduce((total, { chance }) => total + chance, 0) / part.length;
    const happened = part.filter(({ isBetter }) => isBetter).length / part.length;
    worst = Math.max(worst, Math.abs(said - happened));
  }
  const limit = 0.015 * Math.sqrt(180_000 / count);
  return check(
    "chance-calibration",
    "largest gap between the chance said and how often it came true",
    worst,
    0,
    limit,
  );
}

/** Why no verdict comes from it: looked at daily, a chance above 95 % finds what is not there. */
function peeking({ random, runs, observe }: Simulation): Check {
  const count = runs(1_000);
  let found = 0;
  for (let i = 0; i < count; i++) {
    const control: RateArm = { kind: "rate", n: 0, conversions: 0 };
    const treatment: RateArm = { kind: "rate", n: 0, conversions: 0 };
    for (let day = 0; day < 28; day++) {
      for (const arm of [control, treatment]) {
        arm.n += 500;
        arm.conversions += random.binomial(500, 0.05);
      }
      const input = lookAt({ ...control }, { ...treatment }, { hasChances: true });
      const chance = compareArms(input, observe)?.chance?.toBeatControl ?? 0.5;
      if (chance > 0.95 || chance < 0.05) {
        found++;
        break;
      }
    }
  }
  return check(
    "chance-peeking",
    "a chance above 95 % at any of 28 looks, which must fail",
    found / count,
    0.3,
    1,
  );
}
