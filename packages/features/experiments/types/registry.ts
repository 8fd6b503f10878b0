import type { Json } from "@calcom/lib/json";

/**
 * The experiments that code may name. Empty here: a declaration file in the application fills it, and from then on
 * slugs and variants are checked and completed. Without one, plain strings work. `npm run experiments -- types` writes
 * that file from the database; by hand, either of these forms will do.
 *
 * ```ts
 * declare module "@calcom/features/experiments" {
 *   interface ExperimentRegistry {
 *     "upgrade-button-test": { variants: "control" | "urgent" };
 *     announcement: { variants: { control: null; banner: { text: string } } };
 *   }
 * }
 * ```
 *
 * The second names each variant's payload, null for none. `shown` says what everybody sees once the experiment is
 * over: the other variants are errors from then on.
 */
// biome-ignore lint/suspicious/noEmptyInterface: only an interface can be filled from outside, and it begins empty.
export interface ExperimentRegistry {}

/** A registered slug, or any string while nothing is registered. */
export type ExperimentSlug = [keyof ExperimentRegistry] extends [never]
  ? string
  : Extract<keyof ExperimentRegistry, string>;

/** What the hooks may answer: all variants while the experiment lives, and afterwards the one that is shown. */
export type VariantOf<S extends string> =
  EntryOf<S> extends { shown: infer V extends string } ? V : NamesIn<EntryOf<S>>;

/** The data that a variant carries, or any of them: never where none does. */
export type PayloadOf<S extends string, V extends string = VariantOf<S>> =
  EntryOf<S> extends { variants: infer Payloads extends object }
    ? Exclude<Payloads[V & keyof Payloads], null>
    : EntryOf<S> extends { payload: infer P }
      ? P
      : Json;

/**
 * Something for each variant, as `<Experiment>` takes it. The names keep their documentation, so that editors strike
 * through those that have lost; writing one is an error.
 */
export type VariantTable<S extends string, T> =
  EntryOf<S> extends { variants: infer Payloads extends object }
    ? { [V in keyof Payloads]?: V extends VariantOf<S> ? T : never }
    : { [V in VariantOf<S>]?: T };

type EntryOf<S extends string> = S extends keyof ExperimentRegistry ? ExperimentRegistry[S] : unknown;

type NamesIn<Entry> = Entry extends { variants: infer V }
  ? V extends string
    ? V
    : Extract<keyof V, string>
  : string;
