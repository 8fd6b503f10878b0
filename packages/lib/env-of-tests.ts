/**
 * The files of tests that this run leaves out: those with `.long.` in their name, unless `npm test -- --whole` asks for
 * all or one of them is named.
 */
export function leftOutTests(): string[] {
  const isNamed = process.argv.some((argument) => argument.includes(".long."));
  return process.env.TESTS === "whole" || isNamed ? [] : ["**/*.long.*"];
}
