import { isRecord, normalizeTexts } from "@calcom/lib/json";
import {
  type Condition,
  type ConditionOperand,
  isElementTest,
  isTest,
  isValueOperator,
  type Scalar,
  type ValueOperator,
} from "./condition";
import { ConditionDocument, type Field, fieldOf } from "./document";
import { inspectCondition } from "./inspect";
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
} from "./predicates";
import { readerOf, typeNameOf } from "./values";

type Operators = Record<string, ConditionOperand>;

/** Whatever the schema refuses matches nobody, not even beneath a `$not`. */
export function compileCondition(condition: Condition): ConditionDocument {
  const paths = new Set<string>();
  if (inspectCondition(condition).length > 0) return new ConditionDocument([], [nobody], paths);
  return compileDocument(normalizeTexts(condition), paths);
}

function compileDocument(condition: Condition, paths: Set<string>): ConditionDocument {
  const fields: Field[] = [];
  const others: Predicate[] = [];
  for (const [key, operand] of Object.entries(condition)) {
    if (key === "$not") others.push(not(predicateOf(operand as Condition, paths)));
    else if (key === "$and") others.push(allOf(compileEach(operand, paths)));
    else if (key === "$or") others.push(anyOf(compileEach(operand, paths)));
    else if (key === "$nor") others.push(allOf(compileEach(operand, paths).map(not)));
    else {
      paths.add(key);
      if (key.includes(".")) others.push(compilePath(key, operand));
      else fields.push(fieldOf(key, operand, compileTest));
    }
  }
  return new ConditionDocument(fields, others, paths);
}

function predicateOf(condition: Condition, paths: Set<string>): Predicate {
  const document = compileDocument(condition, paths);
  return (attributes) => document.matches(attributes);
}

function compilePath(path: string, operand: ConditionOperand): Predicate {
  const [read, test] = [readerOf(path), compileTest(operand)];
  return (attributes) => test(read(attributes));
}

const compileEach = (operand: ConditionOperand, paths: Set<string>): Predicate[] =>
  (operand as Condition[]).map((condition) => predicateOf(condition, paths));

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
  const matches = predicateOf(operand, new Set());
  return (value) => Array.isArray(value) && value.some((item) => isRecord(item) && matches(item));
}
