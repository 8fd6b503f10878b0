import { UnreadableJson } from "@calcom/lib/gate/json-text";
import { isRefusedName } from "@calcom/lib/gate/names";
import { isRecord } from "@calcom/lib/json";
import { type Sentence, sentence } from "@calcom/lib/sentence";
import {
  combiners,
  isCombiner,
  isElementTest,
  isOperatorLike,
  isScalar,
  isTest,
  isValueOperator,
  conditionLimits as limits,
  operandOf,
  typeNames,
  type ValueOperator,
} from "./condition";
import { type ConditionPath, type ConditionProblem, Inspection } from "./inspection";
import { compilePattern } from "./pattern";
import { parseVersion } from "./version";

/**
 * Finds everything that is wrong with a would-be condition, at most ten problems, in bounded time whatever it is given.
 */
export function inspectCondition(input: unknown): readonly ConditionProblem[] {
  const inspection = new Inspection();
  inspectDocument(inspection, input, []);
  return inspection.problems;
}

function inspectDocument(inspection: Inspection, input: unknown, path: ConditionPath): void {
  if (input instanceof UnreadableJson) {
    inspection.repeat(path, input.why);
    return;
  }
  if (!isRecord(input)) {
    inspection.report(path, 'expected an object such as { "country": "DE" }');
    return;
  }
  inspection.eachEntry(input, path, (key, operand, here) => {
    if (key === "$not") inspectDocument(inspection, operand, here);
    else if (isCombiner(key)) inspectAlternatives(inspection, operand, here);
    else if (isValueOperator(key))
      inspection.report(here, sentence("put {{key}} under the attribute that it compares", { key }));
    else if (isOperatorLike(key)) inspection.report(here, noSuchOperator(combiners));
    else {
      inspectAttributePath(inspection, key, here);
      inspectTest(inspection, operand, here);
    }
  });
}

function inspectAlternatives(inspection: Inspection, operand: unknown, path: ConditionPath): void {
  if (!Array.isArray(operand)) inspection.report(path, "expected a list of conditions");
  else
    inspection.eachItem(operand, path, (item, here) => {
      inspection.countNode(here);
      inspectDocument(inspection, item, here);
    });
}

function inspectAttributePath(inspection: Inspection, key: string, path: ConditionPath): void {
  inspection.text(key, path, limits.pathChars);
  const parts = key.split(".");
  if (parts.includes("")) inspection.report(path, "a part of this path is empty");
  if (parts.some(isRefusedName)) inspection.report(path, "this name isn’t allowed");
  if (parts.length > limits.depth) inspection.report(path, `use at most ${limits.depth} parts`);
}

function inspectTest(inspection: Inspection, operand: unknown, path: ConditionPath): void {
  if (!isTest(operand)) {
    inspectLiteral(inspection, operand, path);
    return;
  }
  inspection.eachEntry(operand, path, (key, inner, here) => {
    if (isValueOperator(key)) inspectorOf[operandOf[key]](inspection, inner, here);
    else if (!isOperatorLike(key)) inspection.report(here, "an operator and a plain key can’t be combined");
    else inspection.report(here, noSuchOperator(Object.keys(operandOf)));
  });
}

type Inspector = (inspection: Inspection, operand: unknown, path: ConditionPath) => void;

const inspectorOf: Record<(typeof operandOf)[ValueOperator], Inspector> = {
  literal: inspectLiteral,
  list: inspectList,
  ordered: (inspection, operand, path) => {
    if (typeof operand === "string") inspection.text(operand, path);
    else if (isFiniteNumber(operand)) inspection.exact(operand, path);
    else inspection.expect(false, path, "a number or text");
  },
  boolean: (inspection, operand, path) =>
    inspection.expect(typeof operand === "boolean", path, "true or false"),
  type: (inspection, operand, path) =>
    inspection.expect(
      typeNames.some((name) => name === operand),
      path,
      sentence("one of {{types}}", { types: typeNames.join(", ") }),
    ),
  size: (inspection, operand, path) => {
    if (isTest(operand)) inspectTest(inspection, operand, path);
    else inspection.expect(isCount(operand), path, "a whole number, or a condition on one");
  },
  version: (inspection, operand, path) =>
    inspection.expect(parseVersion(operand) !== null, path, 'a version such as "2.10.0"'),
  pattern: inspectPattern,
  test: inspectTest,
  element: (inspection, operand, path) => {
    if (isRecord(operand) && isElementTest(operand)) inspectTest(inspection, operand, path);
    else inspectDocument(inspection, operand, path);
  },
};

function inspectList(inspection: Inspection, operand: unknown, path: ConditionPath): void {
  if (!Array.isArray(operand)) inspection.report(path, "expected a list");
  else
    inspection.eachItem(operand, path, (item, here) => {
      if (typeof item === "string") inspection.text(item, here);
      else if (isFiniteNumber(item)) inspection.exact(item, here);
      else inspection.expect(isScalar(item), here, "text, a number, true, false or null");
    });
}

function inspectPattern(inspection: Inspection, operand: unknown, path: ConditionPath): void {
  inspection.countPattern(path);
  if (typeof operand !== "string") {
    inspection.report(path, "expected a pattern");
    return;
  }
  inspection.text(operand, path);
  const compiled = compilePattern(operand);
  if (!compiled.ok)
    inspection.report(path, sentence("the pattern {{problem}}", { problem: compiled.problem }));
}

function inspectLiteral(inspection: Inspection, value: unknown, path: ConditionPath): void {
  if (typeof value === "string") inspection.text(value, path);
  else if (isFiniteNumber(value)) inspection.exact(value, path);
  else if (Array.isArray(value))
    inspection.nested(path, () =>
      inspection.eachItem(value, path, (item, here) => {
        if (!isScalar(item)) inspection.countNode(here);
        inspectLiteral(inspection, item, here);
      }),
    );
  else if (isRecord(value))
    inspection.eachEntry(value, path, (key, inner, here) => {
      inspection.text(key, here);
      if (isOperatorLike(key))
        inspection.report(here, 'a value can’t contain an operator: use a path such as "address.city"');
      else inspectLiteral(inspection, inner, here);
    });
  else inspection.expect(isScalar(value), path, "a JSON value");
}

function noSuchOperator(known: readonly string[]): Sentence {
  return sentence("unknown operator: use {{operators}}", { operators: known.join(", ") });
}

const isFiniteNumber = (value: unknown): value is number => Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
