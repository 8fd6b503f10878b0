import { persistently, sideBySide } from "../side-by-side";
import { buy, createUsers, type Subject } from "./crowd";
import type { World } from "./world";

/** Somebody with one browser or two, in the order in which they saw the experiments. */
export type Person = [first: Subject, second?: Subject];

/** Who signs in with two browsers uses the product more. */
const RATES = { one: 0.1, two: 0.4 };

/** The second browser comes by a little later than the first. */
export function peopleOf(subjects: readonly Subject[], shareOfTwo: number): Person[] {
  const people: Person[] = [];
  for (let i = 0; i < subjects.length; i++) {
    const [first, second] = [subjects[i] as Subject, subjects[i + 1]];
    const hasTwo = first.random.uniform() < shareOfTwo && second !== undefined;
    people.push(hasTwo ? [first, second] : [first]);
    if (hasTwo) i++;
  }
  return people;
}

export async function signIn(world: World, people: readonly Person[]): Promise<void> {
  const withTwo = people.filter(([, second]) => second !== undefined);
  const users = await createUsers(world, withTwo.length);
  const pairs = withTwo.map((browsers, index) => ({ browsers, userId: users[index] as number }));
  await sideBySide(pairs, async ({ browsers, userId }) => {
    for (const browser of browsers)
      if (browser !== undefined)
        await persistently(() => world.module.experiments.linkVisitor(userId, browser.visitorId));
  });
}

/** Whoever has two browsers buys with either. */
export async function buyAsPeople(world: World, people: readonly Person[]): Promise<Set<Person>> {
  const buyers = new Set<Person>();
  const browsers: Subject[] = [];
  for (const person of people) {
    const [first, second] = person;
    if (first.random.uniform() >= (second === undefined ? RATES.one : RATES.two)) continue;
    buyers.add(person);
    browsers.push(second !== undefined && first.random.uniform() < 0.5 ? second : first);
  }
  await buy(world, browsers, ({ random }) => [{ delayDays: 2.8 * random.uniform() }]);
  return buyers;
}
