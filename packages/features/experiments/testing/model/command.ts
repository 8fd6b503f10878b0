import type fc from "fast-check";
import { checkInvariants, type World } from "./check";
import type { Model } from "./model";

export type Command = fc.AsyncCommand<Model, World>;

/** A step that is only taken where it makes sense, and after which everything is looked at. */
export function command(
  label: string,
  isPossible: (model: Readonly<Model>) => boolean,
  run: (model: Model, world: World) => Promise<void>,
): Command {
  return {
    check: isPossible,
    run: async (model, world) => {
      await run(model, world);
      await checkInvariants(model, world);
    },
    toString: () => label,
  };
}

export function pick<Item>(items: readonly Item[], index: number): Item {
  return items[index % items.length] as Item;
}
