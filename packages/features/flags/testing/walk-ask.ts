import { expect } from "vitest";
import type { ExperimentAnswer } from "../../experiments";
import { anIdentity } from "../../experiments/testing/database-fixtures";
import { type Ask, type Model, participantOf, promisedTo, type Variant } from "./walk-model";
import type { WalkWorld } from "./walk-world";

/** Every person, every team, and nobody; and in turn the persons for one of the teams. */
function listAsks({ people: { users, teams } }: Model, turn: number): Ask[] {
  const teamId = teams[turn % teams.length] as number;
  return [
    ...users.flatMap((userId) => [null, teamId].map((team) => ({ userId, teamId: team }))),
    ...teams.map((team) => ({ userId: null, teamId: team })),
    { userId: null, teamId: null },
  ];
}

type Answered = Pick<ExperimentAnswer, "variant" | "reason"> | undefined;

/** What code is told that asks for the experiment; undefined where it is told nothing about a foreign team. */
async function askExperiment(
  { fixture }: WalkWorld,
  model: Model,
  slug: string,
  { userId, teamId }: Ask,
): Promise<Answered> {
  const { experiments } = fixture.module;
  if (userId !== null && teamId !== null && !model.joined.get(userId)?.has(teamId)) return undefined;
  const claims = teamId === null ? {} : { teamId };
  const [answer] =
    userId === null && teamId !== null
      ? await experiments.decideFor({ teamId }, [slug])
      : await experiments.decide(anIdentity({ userId }), [{ slug, ...claims }]);
  return answer;
}

/** Asks both, now one first and now the other, and compares with what is promised. Returns how many answers that were. */
export async function compare(world: WalkWorld, model: Model, slug: string, turn: number): Promise<number> {
  const answers = await Promise.all(
    listAsks(model, turn).map(async (ask) => {
      const before = turn % 3 === 0 ? await world.flags.isEnabled(slug, ask) : null;
      const answer = await askExperiment(world, model, slug, ask);
      return { ask, flag: before ?? (await world.flags.isEnabled(slug, ask)), answer };
    }),
  );
  for (const { ask, flag, answer } of answers) {
    const promised = promisedTo(model, ask);
    const what = `${JSON.stringify(ask)} of ${JSON.stringify({ ...model, people: undefined })}`;
    if (promised !== null) expect(flag, `the flag to ${what}`).toBe(promised);
    const told = `the experiment, which said ${answer?.reason}, to ${what}`;
    if (answer !== undefined) expect(answer.variant === "treatment", told).toBe(flag);
    learn(model, ask, answer);
  }
  return answers.length * 2;
}

/** What the decision table gave is kept from then on. */
function learn(model: Model, ask: Ask, answer: Answered): void {
  const participant = participantOf(model, ask);
  if (participant === null || model.imported.has(participant)) return;
  if (answer?.reason === "allocated" || answer?.reason === "sticky")
    model.given.set(participant, answer.variant as Variant);
}
