import { type ConditionOperand, isScalar, type Scalar } from "./condition";
import { compilePattern } from "./pattern";
import { isSame } from "./values";
import { compareVersions, parseVersion } from "./version";

export type Predicate<Value = unknown> = (value: Value) => boolean;

export const everybody = (): boolean => true;
export const nobody = (): boolean => false;

export const not =
  <Value>(predicate: Predicate<Value>): Predicate<Value> =>
  (value) =>
    !predicate(value);

/** Specialised for short lists, since most rules hold one or two tests. */
export function allOf<Value>(predicates: readonly Predicate<Value>[]): Predicate<Value> {
  const [first, second] = predicates;
  if (first === undefined) return everybody;
  if (second === undefined) return first;
  if (predicates.length === 2) return (value) => first(value) && second(value);
  return (value) => {
    for (const predicate of predicates) if (!predicate(value)) return false;
    return true;
  };
}

/** An empty list restricts nothing, like every other empty rule. */
export function anyOf<Value>(predicates: readonly Predicate<Value>[]): Predicate<Value> {
  if (predicates.length === 0) return everybody;
  return (value) => {
    for (const predicate of predicates) if (predicate(value)) return true;
    return false;
  };
}

export const equals = (literal: ConditionOperand): Predicate =>
  isScalar(literal) ? (value) => value === literal : (value) => isSame(value, literal);

/** One member of a list is enough. */
export function isIn(list: readonly Scalar[]): Predicate {
  const listed: ReadonlySet<unknown> = new Set(list);
  return (value) => listed.has(value) || (Array.isArray(value) && value.some((item) => listed.has(item)));
}

export function holdsAll(list: readonly Scalar[]): Predicate {
  return (value) => {
    if (!Array.isArray(value)) return false;
    const held = new Set<unknown>(value);
    return list.every((item) => held.has(item));
  };
}

export function ofSize(test: Predicate): Predicate {
  return (value) => Array.isArray(value) && test(value.length);
}

/** Numbers against numbers, texts against texts (by UTF-16 code unit, so that ISO times sort); nothing else has an order. */
export function isOrdered(operator: "$gt" | "$gte" | "$lt" | "$lte", bound: string | number): Predicate {
  const isComparable = (value: unknown): value is typeof bound => typeof value === typeof bound;
  switch (operator) {
    case "$gt":
      return (value) => isComparable(value) && value > bound;
    case "$gte":
      return (value) => isComparable(value) && value >= bound;
    case "$lt":
      return (value) => isComparable(value) && value < bound;
    case "$lte":
      return (value) => isComparable(value) && value <= bound;
  }
}

export function findsPattern(pattern: string): Predicate {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) return nobody;
  const { matches } = compiled;
  return (value) => typeof value === "string" && matches(value);
}

/** A text that is no version has no order. */
export function versionIs(bound: ConditionOperand, holds: (order: number) => boolean): Predicate {
  const version = parseVersion(bound);
  if (version === null) return nobody;
  return (value) => {
    const other = parseVersion(value);
    return other !== null && holds(compareVersions(other, version));
  };
}
