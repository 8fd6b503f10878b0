const isWhole = () => process.env.TESTS === "whole";

/**
 * The files of tests that this run leaves out: those with `.long.` in their name, unless `npm test -- --whole` asks for
 * all or one of them is named.
 */
export function leftOutTests(): string[] {
  const isNamed = process.argv.some((argument) => argument.includes(".long."));
  return isWhole() || isNamed ? [] : ["**/*.long.*"];
}

/** Of a test in the browser that only a whole run has: the other corners of a sweep whose nastiest one is always run. */
export const LONG = "@long";

/** How much a sweep tries: a sample of it always, and all of it in a whole run. */
export function sized({ always, whole }: { always: number; whole: number }): number {
  return isWhole() ? whole : always;
}

/** The cases of a sweep: some of them always, and all of them in a whole run. */
export function sampled<Case>(all: readonly Case[], isAlways: (one: Case, index: number) => boolean): Case[] {
  return isWhole() ? [...all] : all.filter(isAlways);
}

/** The tags of tests that this run leaves out. */
export function leftOutTags(): RegExp[] {
  return isWhole() ? [] : [new RegExp(`${LONG}\\b`)];
}
