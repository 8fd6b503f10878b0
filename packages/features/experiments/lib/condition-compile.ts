import {
  type Condition,
  type ConditionOperand,
  isElementTest,
  isRecord,
  isTest,
  isValueOperator,
  type Scalar,
  type ValueOperator,
} from "./condition";
import { inspectCondition } from "./condition-inspect";
import {
  allOf,
  anyOf,
  equals,
  findsPattern,
  holdsAll,
  isIn,
  isOrdered,
  nobody,
  not,
  ofSize,
  type Predicate,
  versionIs,
} from "./condition-predicates";
import { readerOf, typeNameOf } from "./condition-values";

type Operators = Record<string, ConditionOperand>;

export interface CompiledCondition {
  /** Never throws, whatever the attributes hold. */
  matches: Predicate;
  /** The dotted paths that it reads. */
  paths: readonly string[];
}

/** Whatever the schema refuses matches nobody, not even beneath a `$not`. */
export function compileCondition(condition: Condition): CompiledCondition {
  if (inspectCondition(condition).length > 0) return { matches: nobody, paths: [] };
  const paths = new Set<string>();
  return { matches: compileDocument(condition, paths), paths: [...paths] };
}

function compileDocument(condition: Condition, paths: Set<string>): Predicate {
  return allOf(
    Object.entries(condition).map(([key, operand]): Predicate => {
      if (key === "$not") return not(compileDocument(operand as Condition, paths));
      if (key === "$and") return allOf(compileEach(operand, paths));
      if (key === "$or") return anyOf(compileEach(operand, paths));
      if (key === "$nor") return allOf(compileEach(operand, paths).map(not));
      paths.add(key);
      const read = readerOf(key);
      const test = compileTest(operand);
      return (attributes) => test(read(attributes));
    }),
  );
}

const compileEach = (operand: ConditionOperand, paths: Set<string>): Predicate[] =>
  (operand as Condition[]).map((condition) => compileDocument(condition, paths));

function compileTest(operand: ConditionOperand): Predicate {
  if (!isTest(operand)) return equals(operand);
  return allOf(
    Object.entries(operand as Operators).map(([operator, inner]) =>
      isValueOperator(operator) ? compileOperator(operator, inner) : nobody,
    ),
  );
}

function compileOperator(operator: ValueOperator, operand: ConditionOperand): Predicate {
  switch (operator) {
    case "$eq":
      return equals(operand);
    case "$ne":
      return not(equals(operand));
    case "$in":
      return isIn(operand as Scalar[]);
    case "$nin":
      return not(isIn(operand as Scalar[]));
    case "$all":
      return holdsAll(operand as Scalar[]);
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte":
      return isOrdered(operator, operand as string | number);
    case "$exists":
      return operand === true ? (value) => value !== null : (value) => value === null;
    case "$type":
      return (value) => typeNameOf(value) === operand;
    case "$size":
      return ofSize(compileTest(operand));
    case "$regex":
      return findsPattern(operand as string);
    case "$veq":
      return versionIs(operand, (order) => order === 0);
    case "$vne":
      return not(versionIs(operand, (order) => order === 0));
    case "$vgt":
      return versionIs(operand, (order) => order > 0);
    case "$vgte":
      return versionIs(operand, (order) => order >= 0);
    case "$vlt":
      return versionIs(operand, (order) => order < 0);
    case "$vlte":
      return versionIs(operand, (order) => order <= 0);
    case "$not":
      return not(compileTest(operand));
    case "$elemMatch":
      return hasElement(operand as Operators);
  }
}

function hasElement(operand: Operators): Predicate {
  if (isElementTest(operand)) {
    const test = compileTest(operand);
    return (value) => Array.isArray(value) && value.some((item) => test(item));
  }
  const matches = compileDocument(operand, new Set());
  return (value) => Array.isArray(value) && value.some((item) => isRecord(item) && matches(item));
}
