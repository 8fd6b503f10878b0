import fc from "fast-check";
import type { Ask, Model, Variant } from "./walk-model";

export type Step =
  | { do: "say"; kind: "user" | "team"; index: number; override: "on" | "off" | "inherit" }
  | { do: "join"; index: number; isJoined: boolean }
  | { do: "convert"; unit: Model["unit"] }
  | { do: "revert" }
  | { do: "edit"; targeted: boolean; traffic: number; treatment: number }
  | { do: "choose"; unit: Model["unit"]; isRandom: boolean }
  | { do: "act"; action: "start" | "pause" | "resume" | "turn_off" | "turn_on" | "archive" }
  | { do: "switch"; isOn: boolean }
  | { do: "write"; enabled: boolean }
  | { do: "conclude"; winner: Variant | null };

const index = fc.nat({ max: 11 });
const unit = fc.constantFrom<Model["unit"]>("user", "team");
const kind = fc.constantFrom<"user" | "team">("user", "team");
const override = fc.constantFrom<"on" | "off" | "inherit">("on", "on", "off", "inherit");
const percentage = fc.constantFrom(0, 50, 100);
const winner = fc.constantFrom<Variant | null>(null, null, "control", "treatment");
const underWay = fc.constantFrom<"pause" | "resume" | "turn_off" | "turn_on">(
  "pause",
  "resume",
  "turn_off",
  "turn_on",
);

const one = <Name extends Step["do"], More extends object>(
  name: Name,
  more: { [K in keyof More]: fc.Arbitrary<More[K]> },
) => fc.record({ do: fc.constant(name), ...more }) as unknown as fc.Arbitrary<Step>;

const say = one("say", { kind, index, override });
const join = one("join", { index, isJoined: fc.boolean() });
const convert = one("convert", { unit });
const revert = one("revert", {});
const edit = one("edit", { targeted: fc.boolean(), traffic: percentage, treatment: percentage });
const choose = one("choose", { unit, isRandom: fc.boolean() });
const start = one("act", { action: fc.constant("start" as const) });
const act = one("act", { action: underWay });
const archive = one("act", { action: fc.constant("archive" as const) });
const pull = one("switch", { isOn: fc.boolean() });
const write = one("write", { enabled: fc.boolean() });
const conclude = one("conclude", { winner });

const several = (maxLength: number, ...steps: fc.Arbitrary<Step>[]) =>
  fc.array(fc.oneof(...steps), { maxLength, size: "max" });

/** In the order of a life, with what makes no sense at each place too; then perhaps from the beginning. */
const life = fc
  .tuple(
    several(4, say, say, say, join, pull, write, start),
    convert,
    several(3, say, edit, choose, pull, write, act, join, revert),
    start,
    several(6, act, act, write, edit, pull, join, say, start, convert, choose),
    fc.option(conclude, { freq: 3, nil: null }),
    several(3, say, pull, write, act, revert, archive, join, edit),
  )
  .map((parts) => parts.flat().filter((step) => step !== null));

export const aWalk: fc.Arbitrary<Step[]> = fc
  .tuple(life, fc.option(life, { freq: 2, nil: [] }))
  .map(([first, second]) => [...first, ...(second.length > 0 ? [{ do: "revert" } as const] : []), ...second]);

const pick = <Item>(items: readonly Item[], at: number): Item => items[at % items.length] as Item;
export const targetOf = ({ people }: Pick<Model, "people">, kind: "user" | "team", at: number): number =>
  kind === "user" ? pick(people.users, at) : pick([...people.teams, people.organization], at);
export const memberOf = ({ people: { users, teams } }: Pick<Model, "people">, at: number) =>
  ({ userId: pick(users, at), teamId: pick(teams, Math.floor(at / users.length)) }) satisfies Ask;
