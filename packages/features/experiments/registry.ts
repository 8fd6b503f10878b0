import type { Json } from "./types";

/**
 * The experiments that code may name. Empty here: a declaration file in the application fills it, and from then on
 * slugs and variants are checked and completed. Without one, plain strings work.
 *
 * ```ts
 * declare module "@calcom/features/experiments" {
 *   interface ExperimentRegistry {
 *     "upgrade-button-test": { variants: "control" | "urgent" };
 *   }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: only an interface can be filled from outside, and it begins empty.
export interface ExperimentRegistry {}

/** A registered slug, or any string while nothing is registered. */
export type ExperimentSlug = [keyof ExperimentRegistry] extends [never]
  ? string
  : Extract<keyof ExperimentRegistry, string>;

export type VariantOf<S extends string> =
  EntryOf<S> extends { variants: infer V extends string } ? V : string;

export type PayloadOf<S extends string> = EntryOf<S> extends { payload: infer P } ? P : Json;

type EntryOf<S extends string> = S extends keyof ExperimentRegistry ? ExperimentRegistry[S] : unknown;
